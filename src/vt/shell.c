/* shell.c - what a shell tells of itself: its directory and its prompts. */
#include "vt/screen.h"

#include <string.h>
#include "base/mem.h"
#include "base/text.h"

/* OSC 7: a URI, kept as it came if it looks like one. */
void osc_directory(struct vt *vt, unsigned number, const char *text, size_t n)
{
    size_t i;

    (void)number;
    for (i = 0; i < n; i++)
        if (text[i] < 0x21 || text[i] > 0x7e)
            return;
    mem_free(vt->directory);
    vt->directory = mem_strdup(text);
    vt->events |= VT_EVENT_DIRECTORY;
}

const char *vt_directory(const struct vt *vt)
{
    return vt->directory != NULL ? vt->directory : "";
}

/* OSC 133: A the prompt begins, B what is typed, C the output, D it ended. */
void osc_prompt(struct vt *vt, unsigned number, const char *text, size_t n)
{
    static const char parts[] = "ABCD";
    const char *part = n > 0 ? strchr(parts, text[0]) : NULL;
    unsigned long status;
    char field[8];

    (void)number;
    if (part == NULL || (n > 1 && text[1] != ';'))
        return;
    vt->prompt.part = (unsigned)(part - parts) + VT_PROMPT;
    vt->prompt.line = vt->pushed + vt->cur.row;
    vt->prompt.status = -1;
    text = n > 1 ? text + 2 : NULL;
    if (vt->prompt.part == VT_DONE && osc_field(&text, field, sizeof field) &&
        text_number(field, 0, 255, &status))
        vt->prompt.status = (int)status;
    vt->events |= VT_EVENT_PROMPT;
}

struct vt_prompt vt_prompt(const struct vt *vt)
{
    return vt->prompt;
}
