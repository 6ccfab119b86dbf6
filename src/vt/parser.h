/*
 * parser.h - bytes to actions: the states of a DEC terminal and UTF-8.
 *
 * The states are those of Paul Williams' analysis of the VT500; bytes from 80
 * on are UTF-8 as text, data inside a string, and ignored inside a sequence;
 * after ESC % @ they are ISO 8859-1 and C1 controls.
 * Text between sequences does not go through the table.
 */
#ifndef VT_PARSER_H
#define VT_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

struct vt;

#define PARAMS_MAX    32u
#define PARAM_LIMIT   65535u
#define OSC_MAX       4096u
#define OSC_HEAD      3u /* bytes that osc_limit() looks at */
#define OSC_TITLE_MAX 1024u
#define CLIPBOARD_MAX (1024u * 1024u)
#define DCS_MAX       4096u

/* The parameters of a sequence; an omitted one is 0. */
struct vt_params {
    uint16_t value[PARAMS_MAX];
    uint32_t sub;     /* bit i: value[i] came after a colon */
    uint32_t omitted; /* bit i: value[i] was not given */
    unsigned n;
    char prefix; /* one of < = > ?, else 0 */
    char inter;  /* the intermediate byte, else 0 */
    char inter2; /* the second one, else 0 */
};

enum parser_state {
    ST_GROUND,
    ST_ESCAPE,
    ST_ESCAPE_INTER,
    ST_CSI_ENTRY,
    ST_CSI_PARAM,
    ST_CSI_INTER,
    ST_CSI_IGNORE,
    ST_DCS_ENTRY,
    ST_DCS_PARAM,
    ST_DCS_INTER,
    ST_DCS_STRING,
    ST_DCS_IGNORE,
    ST_OSC_STRING,
    ST_STRING_IGNORE, /* SOS, PM, APC */
    ST_COUNT,
    ST_VT52 = ST_COUNT, /* behind ESC, in VT52 mode */
    ST_VT52_ROW,        /* behind ESC Y */
    ST_VT52_COL
};

enum string_kind { STRING_NONE, STRING_OSC, STRING_DCS };

struct parser {
    enum parser_state state;
    struct vt_params params;
    bool params_full; /* more came than there is room for: dropped */
    unsigned inters;  /* how many intermediate bytes there were */
    char dcs_final;
    enum string_kind string; /* being read, or waiting for ESC's backslash */
    struct buf text;         /* its bytes */
    bool too_long;           /* more came than is kept: drop it */
    bool ended_by_bel;       /* BEL, and not ST, ended the one being run */
    uint8_t last;            /* its last byte that is not printable ASCII */
    uint8_t missing;         /* bytes of the UTF-8 character that it is of */
    uint8_t torn[4];         /* the beginning of a UTF-8 character */
    unsigned n_torn;
    uint8_t vt52_row; /* of ESC Y, until the column comes */
};

void parser_reset(struct parser *p);
void parser_free(struct parser *p);

/* Returns how much was taken: all, but for vt_write_keeping(). */
size_t parser_write(struct vt *vt, const uint8_t *p, size_t n);

/* vt52.c: one byte in one of the states from ST_VT52 on. */
void vt52_step(struct vt *vt, uint8_t byte);

/* Parameter i, or missing where it is omitted or 0. */
static inline unsigned param(const struct vt_params *p, unsigned i,
                             unsigned missing)
{
    return i < p->n && p->value[i] != 0 ? p->value[i] : missing;
}

/* Was none given? */
static inline bool params_omitted(const struct vt_params *p)
{
    return p->n == 0 || (p->n == 1 && p->omitted != 0);
}

#endif
