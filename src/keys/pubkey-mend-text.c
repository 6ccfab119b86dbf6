/* pubkey-mend-text.c - characters that look like others, and UTF-16. */
#include "keys/pubkey-mend.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"

/* From the first character up to, not including, the second. */
/* clang-format off */
static const struct range {
    uint32_t from, to;
    char plain; /* NUL: left out */
    enum pubkey_repair repair;
} ranges[] = {
    { 0x0000, 0x0009, '\0', PUBKEY_REPAIR_INVISIBLE }, /* controls */
    { 0x000b, 0x000d, '\0', PUBKEY_REPAIR_INVISIBLE },
    { 0x000e, 0x0020, '\0', PUBKEY_REPAIR_INVISIBLE },
    { 0x007f, 0x0080, '\0', PUBKEY_REPAIR_INVISIBLE },
    { 0x0085, 0x0086, ' ',  PUBKEY_REPAIR_BLANKS },    /* next line */
    { 0x00a0, 0x00a1, ' ',  PUBKEY_REPAIR_BLANKS },    /* no-break space */
    { 0x00ab, 0x00ac, '"',  PUBKEY_REPAIR_QUOTES },    /* guillemets */
    { 0x00ad, 0x00ae, '\0', PUBKEY_REPAIR_INVISIBLE }, /* soft hyphen */
    { 0x00bb, 0x00bc, '"',  PUBKEY_REPAIR_QUOTES },
    { 0x1680, 0x1681, ' ',  PUBKEY_REPAIR_BLANKS },
    { 0x2000, 0x200b, ' ',  PUBKEY_REPAIR_BLANKS },    /* en quad, ... */
    { 0x200b, 0x2010, '\0', PUBKEY_REPAIR_INVISIBLE }, /* zero width, ... */
    { 0x2010, 0x2016, '-',  PUBKEY_REPAIR_QUOTES },    /* hyphen, dashes */
    { 0x2018, 0x201c, '\'', PUBKEY_REPAIR_QUOTES },
    { 0x201c, 0x2020, '"',  PUBKEY_REPAIR_QUOTES },
    { 0x2028, 0x202a, ' ',  PUBKEY_REPAIR_BLANKS },    /* line separator */
    { 0x202a, 0x202f, '\0', PUBKEY_REPAIR_INVISIBLE }, /* embeddings */
    { 0x202f, 0x2030, ' ',  PUBKEY_REPAIR_BLANKS },
    { 0x205f, 0x2060, ' ',  PUBKEY_REPAIR_BLANKS },
    { 0x2060, 0x2070, '\0', PUBKEY_REPAIR_INVISIBLE }, /* word joiner, ... */
    { 0x2212, 0x2213, '-',  PUBKEY_REPAIR_QUOTES },    /* minus sign */
    { 0x3000, 0x3001, ' ',  PUBKEY_REPAIR_BLANKS },
    { 0xfeff, 0xff00, '\0', PUBKEY_REPAIR_INVISIBLE }, /* byte-order mark */
};
/* clang-format on */

static const struct range *range_of(uint32_t ch)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (ch >= ranges[i].from && ch < ranges[i].to)
            return &ranges[i];
    return NULL;
}

/* Latin-1's no-break space is ill-formed UTF-8. */
static size_t decode(const uint8_t *p, size_t n, uint32_t *ch)
{
    size_t used = utf8_decode(p, n, ch);

    if (*p == 0xa0)
        *ch = 0xa0;
    return used != 0 ? used : n;
}

unsigned pubkey_mend_characters(struct buf *out, struct wire_bytes text)
{
    const struct range *r;
    unsigned repairs = 0;
    uint32_t ch = 0;

    for (size_t i = 0, used; i < text.len; i += used) {
        used = 1;
        if (text.data[i] > ' ' && text.data[i] < 0x7f) {
            buf_put_byte(out, text.data[i]);
            continue;
        }
        used = decode(text.data + i, text.len - i, &ch);
        if ((r = range_of(ch)) == NULL) {
            buf_put(out, text.data + i, used);
            continue;
        }
        repairs |= (unsigned)r->repair;
        if (r->plain != '\0')
            buf_put_byte(out, (uint8_t)r->plain);
    }
    return repairs;
}

bool pubkey_mend_utf16(struct buf *out, struct wire_bytes text)
{
    unsigned high;
    uint8_t utf8[4];

    if (text.len < 2 || (memcmp(text.data, "\xff\xfe", 2) != 0 &&
                         memcmp(text.data, "\xfe\xff", 2) != 0))
        return false;
    high = text.data[0] == 0xff ? 1 : 0;
    /* Pairs of surrogates, in a comment, become two U+FFFD. */
    for (size_t i = 2; i + 1 < text.len; i += 2) {
        uint32_t ch =
            (uint32_t)(text.data[i + high] << 8 | text.data[i + 1 - high]);

        buf_put(out, utf8, utf8_encode(ch, utf8));
    }
    return true;
}
