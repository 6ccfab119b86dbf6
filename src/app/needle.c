#include "app/needle.h"

#include <string.h>
#include <wctype.h>
#include "base/mem.h"
#include "base/utf8.h"

#define FORMS_MAX 4u
#define LAST_CASE 0x1ffffu /* no character behind it has a case */

struct form {
    uint8_t bytes[4], n;
};

/* One character of the pattern in all its forms. */
struct letter {
    struct form forms[FORMS_MAX];
    unsigned n;
};

struct needle {
    struct letter *letters;
    size_t n;
    bool first[256]; /* bytes that it can begin with */
};

uint32_t needle_fold(uint32_t ch)
{
    uint32_t lower;

    if (ch < 0x80)
        return ch >= 'A' && ch <= 'Z' ? ch + 32 : ch;
    lower = (uint32_t)towlower((wint_t)ch);
    return lower < 0x80 ? ch : lower; /* the Kelvin sign is no k */
}

static bool add_form(struct letter *letter, uint32_t ch)
{
    struct form *form = &letter->forms[letter->n];

    if (letter->n == FORMS_MAX)
        return false;
    form->n = (uint8_t)utf8_encode(ch, form->bytes);
    letter->n++;
    return true;
}

/* Every character that folds to one of the pattern's. */
static bool add_capitals(struct needle *needle, const uint32_t *ch,
                         uint32_t last)
{
    uint32_t other, lower;
    size_t i;

    for (other = 'A'; other <= last; other++) {
        lower = needle_fold(other);
        for (i = 0; lower != other && i < needle->n; i++)
            if (ch[i] == lower && !add_form(&needle->letters[i], other))
                return false;
    }
    return true;
}

struct needle *needle_new(const uint32_t *ch, size_t n, bool both_cases)
{
    struct needle *needle = mem_alloc(sizeof *needle);
    uint32_t last = 'Z';
    size_t i;

    needle->letters = mem_array(n, sizeof *needle->letters);
    needle->n = n;
    for (i = 0; i < n; i++) {
        add_form(&needle->letters[i], ch[i]);
        if (ch[i] >= 0x80)
            last = LAST_CASE;
    }
    if (both_cases && !add_capitals(needle, ch, last)) {
        needle_free(needle);
        return NULL;
    }
    for (i = 0; n > 0 && i < needle->letters[0].n; i++)
        needle->first[needle->letters[0].forms[i].bytes[0]] = true;
    return needle;
}

void needle_free(struct needle *needle)
{
    if (needle == NULL)
        return;
    mem_free(needle->letters);
    mem_free(needle);
}

/* The bytes that the letter takes at p; 0 if it is not there. */
static size_t letter_at(const struct letter *letter, const uint8_t *p, size_t n)
{
    unsigned i;

    for (i = 0; i < letter->n; i++) {
        const struct form *form = &letter->forms[i];

        if (form->n <= n && memcmp(form->bytes, p, form->n) == 0)
            return form->n;
    }
    return 0;
}

static bool is_at(const struct needle *needle, const uint8_t *p, size_t n)
{
    size_t i, used;

    for (i = 0; i < needle->n; i++) {
        if ((used = letter_at(&needle->letters[i], p, n)) == 0)
            return false;
        p += used;
        n -= used;
    }
    return true;
}

bool needle_in(const struct needle *needle, const uint8_t *p, size_t n)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (needle->first[p[i]] && is_at(needle, p + i, n - i))
            return true;
    return false;
}
