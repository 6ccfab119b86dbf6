#include "vt/parser.h"

#include <string.h>
#include "base/utf8.h"
#include "vt/screen.h"
#include "vt/transitions.h"

void parser_reset(struct parser *p)
{
    struct buf text = p->text;

    buf_free(&text);
    *p = (struct parser){ .state = ST_GROUND };
}

void parser_free(struct parser *p)
{
    buf_free(&p->text);
}

/* ---- parameters ---- */

static void begin_params(struct parser *p)
{
    p->params.n = 0;
    p->params.sub = p->params.omitted = 0;
    p->params.prefix = p->params.inter = p->params.inter2 = 0;
    p->inters = 0;
    p->params_full = false;
    p->last = p->missing = 0;
}

static void next_param(struct parser *p, bool sub)
{
    struct vt_params *params = &p->params;

    if (params->n == PARAMS_MAX) {
        p->params_full = true;
        return;
    }
    params->value[params->n] = 0;
    params->omitted |= 1u << params->n;
    if (sub)
        params->sub |= 1u << params->n;
    params->n++;
}

static void add_digit(struct parser *p, uint8_t byte)
{
    struct vt_params *params = &p->params;
    unsigned value, i;

    if (params->n == 0)
        next_param(p, false);
    if (p->params_full)
        return;
    i = params->n - 1;
    value = params->value[i] * 10u + (byte - (unsigned)'0');
    params->value[i] = (uint16_t)(value < PARAM_LIMIT ? value : PARAM_LIMIT);
    params->omitted &= ~(1u << i);
}

static void add_separator(struct parser *p, uint8_t byte)
{
    if (p->params.n == 0)
        next_param(p, false);
    next_param(p, byte == ':');
}

static void add_inter(struct parser *p, uint8_t byte)
{
    if (p->inters == 0)
        p->params.inter = (char)byte;
    else
        p->params.inter2 = (char)byte;
    p->inters += p->inters < 3;
}

/* ---- strings ---- */

static void begin_string(struct parser *p, enum string_kind kind)
{
    p->string = kind;
    p->too_long = false;
    buf_clear(&p->text);
}

static void put_text(struct parser *p, const uint8_t *bytes, size_t n)
{
    size_t limit = DCS_MAX;

    if (p->string == STRING_OSC)
        limit = osc_limit(p->text.data, p->text.len);
    if (p->too_long || n > limit - p->text.len || p->text.len > limit) {
        p->too_long = true;
        buf_free(&p->text);
        return;
    }
    buf_put(&p->text, bytes, n);
}

static void end_string(struct vt *vt)
{
    struct parser *p = &vt->parser;
    enum string_kind kind = p->string;
    const char *text = buf_str(&p->text);

    p->string = STRING_NONE;
    vt->last_char = 0;
    if (p->too_long)
        return;
    if (kind == STRING_OSC)
        osc_run(vt, text, p->text.len);
    else if (kind == STRING_DCS && p->inters <= 1)
        dcs_run(vt, &p->params, p->dcs_final, text, p->text.len);
    if (p->text.len > DCS_MAX)
        buf_free(&p->text);
}

/* ---- the machine ---- */

static void act(struct vt *vt, enum action action, uint8_t byte)
{
    struct parser *p = &vt->parser;

    switch (action) {
    case A_NONE: break;
    case A_CONTROL: control_run(vt, byte); break;
    case A_ESCAPE: begin_params(p); break;
    case A_INTER: add_inter(p, byte); break;
    case A_PARAMS: begin_params(p); break;
    case A_PREFIX: p->params.prefix = (char)byte; break;
    case A_DIGIT: add_digit(p, byte); break;
    case A_SEPARATOR: add_separator(p, byte); break;
    case A_ESC_RUN:
        if (p->string != STRING_NONE)
            end_string(vt);
        else if (p->inters <= 2)
            esc_run(vt, p->params.inter, p->params.inter2, (char)byte);
        break;
    case A_CSI_RUN:
        if (p->inters <= 1)
            csi_run(vt, &p->params, (char)byte);
        break;
    case A_DCS_START:
        p->dcs_final = (char)byte;
        begin_string(p, STRING_DCS);
        break;
    case A_OSC_START: begin_string(p, STRING_OSC); break;
    case A_PUT: put_text(p, &byte, 1); break;
    case A_OSC_END:
        p->ended_by_bel = true;
        end_string(vt);
        p->ended_by_bel = false;
        break;
    case A_ABORT: p->string = STRING_NONE; break;
    }
}

static void step(struct vt *vt, uint8_t byte)
{
    struct parser *p = &vt->parser;
    uint8_t to = transitions[p->state][classes[byte]];

    /* ESC ends a string only together with the backslash after it; the
     * parameters of a DCS must last until then. */
    if (p->state == ST_ESCAPE && p->string != STRING_NONE && byte != '\\') {
        p->string = STRING_NONE;
        begin_params(p);
    }
    p->state = STATE_OF(to);
    if (ACTION_OF(to) == A_ESCAPE && p->string == STRING_DCS)
        return;
    act(vt, ACTION_OF(to), byte);
}

/*
 * ST as one byte ends a string, once a program asked for 8-bit controls: 9c
 * that is no part of a UTF-8 character, or is one itself behind c2.
 */
static bool is_st(struct parser *p, uint8_t byte)
{
    bool inside = p->missing > 0, alone = p->last == 0xc2;

    p->last = byte;
    if (byte >= 0xc2 && byte <= 0xf4)
        p->missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    else if (inside && byte >= 0x80 && byte <= 0xbf)
        p->missing--;
    else
        p->missing = 0;
    return byte == 0x9c && (!inside || alone);
}

/* As ESC and the character 40 below. */
static void run_c1(struct vt *vt, uint8_t byte)
{
    step(vt, 0x1b);
    step(vt, (uint8_t)(byte - 0x40));
}

/* A byte from 80 on inside a sequence or a string, while it is no part of
 * UTF-8 (ESC % @).  Strings are kept as UTF-8. */
static void latin_1_step(struct vt *vt, uint8_t byte)
{
    uint8_t bytes[4];
    size_t n, i;

    if (byte < 0xa0) {
        run_c1(vt, byte);
        return;
    }
    n = utf8_encode(byte, bytes);
    for (i = 0; i < n; i++)
        step(vt, bytes[i]);
}

static void string_step(struct vt *vt, uint8_t byte)
{
    struct parser *p = &vt->parser;
    bool encoded = p->last == 0xc2;

    if (vt->latin_1 && byte >= 0x80) {
        latin_1_step(vt, byte);
        return;
    }
    if (!vt->eight_bit || !is_st(p, byte)) {
        step(vt, byte);
        return;
    }
    if (encoded && p->text.len > 0)
        p->text.len--;
    step(vt, 0x1b);
    step(vt, '\\');
}

/* ---- text ---- */

#define EACH_BYTE(b) (UINT64_MAX / 255 * (b))

/* How many of the first n bytes are printable ASCII (20..7e). */
static size_t printable(const uint8_t *p, size_t n)
{
    const uint64_t tops = EACH_BYTE(0x80);
    size_t i = 0;

    for (; n - i >= 8; i += 8) {
        uint64_t x;

        memcpy(&x, p + i, 8);
        /* Bytes from 80 on; below 20; and 7f, which one more makes 80.  A
         * borrow or carry comes only from a byte that stops us anyway. */
        if ((x | (x - EACH_BYTE(0x20)) | (x + EACH_BYTE(0x01))) & tops)
            break;
    }
    while (i < n && p[i] >= 0x20 && p[i] < 0x7f)
        i++;
    return i;
}

/*
 * Once a program asked for 8-bit controls (S8C1T), C1 come as such, in UTF-8
 * or, where no character can begin, as the single byte.  Else they are nothing:
 * text of unknown origin must not hold a CSI that does not look like one.
 */
static bool is_c1(const struct vt *vt, const uint8_t *p, uint32_t ch,
                  uint8_t *c1)
{
    uint8_t byte = ch == UTF8_REPLACEMENT ? *p : (uint8_t)ch;

    if (!vt->eight_bit || (ch >= 0xa0 && ch != UTF8_REPLACEMENT) ||
        byte < 0x80 || byte > 0x9f)
        return false;
    *c1 = byte;
    return true;
}

/*
 * The characters of a run of bytes from 80 on, and what interrupts it.  A
 * beginning of a character at the end of the data waits for the rest.
 */
static const uint8_t *put_utf8(struct vt *vt, const uint8_t *p,
                               const uint8_t *end)
{
    uint32_t chars[CHARS_MAX];
    uint8_t c1 = 0;
    size_t n, len = 1;

    for (n = 0; n < CHARS_MAX && p < end && *p >= 0x80; n++) {
        if ((len = utf8_next(p, (size_t)(end - p), &chars[n])) == 0)
            break;
        p += len;
        if (vt->eight_bit && is_c1(vt, p - len, chars[n], &c1))
            break;
    }
    if (n != 0) {
        vt->single_shift = 0;
        screen_put_chars(vt, chars, n);
    }
    if (len == 0) {
        vt->parser.n_torn = (unsigned)(end - p);
        memcpy(vt->parser.torn, p, vt->parser.n_torn);
        return end;
    }
    if (c1 != 0)
        run_c1(vt, c1);
    return p;
}

/* The same after ESC % @, where each byte is a character or a C1 control. */
static const uint8_t *put_latin_1(struct vt *vt, const uint8_t *p,
                                  const uint8_t *end)
{
    uint32_t chars[CHARS_MAX];
    size_t n;

    for (n = 0; n < CHARS_MAX && p < end && *p >= 0xa0; n++)
        chars[n] = charset_map_right(vt, *p++);
    if (n != 0) {
        vt->single_shift = 0;
        screen_put_chars(vt, chars, n);
    } else if (mode(vt, MODE_ANSI)) {
        run_c1(vt, *p++);
    } else {
        p++; /* a VT52 has none */
    }
    return p;
}

/* Go on with a character whose beginning was at the end of the last data. */
static const uint8_t *finish_torn(struct vt *vt, const uint8_t *p,
                                  const uint8_t *end)
{
    struct parser *parser = &vt->parser;

    while (parser->n_torn > 0 && p < end) {
        unsigned had = parser->n_torn;
        uint8_t byte;
        uint32_t ch;
        size_t n;

        parser->torn[parser->n_torn++] = *p;
        n = utf8_decode(parser->torn, parser->n_torn, &ch);
        if (n == 0) {
            p++;
            continue;
        }
        parser->n_torn = 0;
        if (n > had)
            p++;
        if (is_c1(vt, parser->torn, ch, &byte)) {
            run_c1(vt, byte);
        } else {
            vt->single_shift = 0;
            screen_put_char(vt, ch);
        }
    }
    return p;
}

/*
 * A control sequence that is whole in the data and has nothing but numbers
 * before its final byte, as nearly all have.  p is behind ESC [; NULL if it is
 * not such a one, and then nothing happened.
 */
static const uint8_t *short_csi(struct vt *vt, const uint8_t *p,
                                const uint8_t *end)
{
    struct parser *parser = &vt->parser;

    begin_params(parser);
    for (; p < end; p++) {
        if (*p >= '0' && *p <= '9')
            add_digit(parser, *p);
        else if (*p == ';' || *p == ':')
            add_separator(parser, *p);
        else
            break;
    }
    if (p == end || *p < 0x40 || *p > 0x7e)
        return NULL;
    csi_run(vt, &parser->params, (char)*p);
    return p + 1;
}

/* ESC in the ground state. */
static const uint8_t *escape(struct vt *vt, const uint8_t *p,
                             const uint8_t *end)
{
    const uint8_t *after = NULL;

    if (!mode(vt, MODE_ANSI)) {
        vt->parser.state = ST_VT52;
        return p + 1;
    }
    if (end - p > 2 && p[1] == '[' && !vt->keeping)
        after = short_csi(vt, p + 2, end);
    if (after != NULL)
        return after;
    step(vt, *p);
    return p + 1;
}

static const uint8_t *ground(struct vt *vt, const uint8_t *p,
                             const uint8_t *end)
{
    while (p < end) {
        uint8_t byte = *p;

        if (byte >= 0x20 && byte < 0x7f) {
            size_t n = printable(p, (size_t)(end - p));

            screen_put_ascii(vt, p, n);
            p += n;
        } else if (byte >= 0x80) {
            p = vt->latin_1 ? put_latin_1(vt, p, end) : put_utf8(vt, p, end);
            if (vt->parser.state != ST_GROUND)
                return p;
        } else if (byte == 0x1b) {
            p = escape(vt, p, end);
            if (vt->parser.state != ST_GROUND)
                return p;
        } else {
            if (classes[byte] != B_CANCEL && byte != 0x7f)
                control_run(vt, byte);
            p++;
        }
    }
    return p;
}

/*
 * Bytes of a string that only need to be kept, many at a time; the first ones
 * alone, for they tell how long it may be.
 */
static const uint8_t *string_bytes(struct vt *vt, const uint8_t *p,
                                   const uint8_t *end)
{
    struct parser *parser = &vt->parser;
    size_t n = printable(p, (size_t)(end - p));

    if (n == 0) {
        string_step(vt, *p);
        return p + 1;
    }
    parser->last = parser->missing = 0;
    if (parser->text.len < OSC_HEAD && n > OSC_HEAD && !parser->too_long)
        n = OSC_HEAD;
    put_text(parser, p, n);
    return p + n;
}

/* Would this byte end a sequence that takes the lines above away? */
static bool takes_lines(const struct vt *vt, uint8_t byte)
{
    const struct parser *p = &vt->parser;

    return vt->keeping &&
           (p->state == ST_CSI_ENTRY || p->state == ST_CSI_PARAM) &&
           csi_takes_lines(&p->params, (char)byte);
}

size_t parser_write(struct vt *vt, const uint8_t *p, size_t n)
{
    const uint8_t *begin = p, *end = p + n;

    p = finish_torn(vt, p, end);
    while (p < end && !takes_lines(vt, *p)) {
        enum parser_state state = vt->parser.state;

        if (state == ST_GROUND)
            p = ground(vt, p, end);
        else if (state == ST_OSC_STRING || state == ST_DCS_STRING)
            p = string_bytes(vt, p, end);
        else if (state == ST_STRING_IGNORE || state == ST_DCS_IGNORE)
            string_step(vt, *p++);
        else if (state >= ST_VT52)
            vt52_step(vt, *p++);
        else if (vt->latin_1 && *p >= 0x80)
            latin_1_step(vt, *p++);
        else
            step(vt, *p++);
    }
    return (size_t)(p - begin);
}
