/*
 * transitions.h - the table of the parser: what a byte does in each state, by
 * its class, and which state comes then.
 */
enum byte_class {
    B_CONTROL,
    B_BELL,
    B_CANCEL, /* CAN, SUB */
    B_ESC,
    B_INTER, /* 20..2f */
    B_DIGIT,
    B_COLON,
    B_SEMICOLON,
    B_PREFIX, /* 3c..3f */
    B_FINAL,  /* 40..7e, but for: */
    B_P,      /* ESC P: DCS */
    B_CSI,    /* ESC [ */
    B_OSC,    /* ESC ] */
    B_STRING, /* ESC X, ^, _: SOS, PM, APC */
    B_DEL,
    B_HIGH, /* 80..ff */
    B_COUNT
};

enum action {
    A_NONE,
    A_CONTROL,
    A_ESCAPE, /* a sequence begins */
    A_INTER,
    A_PARAMS, /* CSI or DCS: parameters may follow */
    A_PREFIX,
    A_DIGIT,
    A_SEPARATOR,
    A_ESC_RUN,
    A_CSI_RUN,
    A_DCS_START,
    A_OSC_START,
    A_PUT,
    A_OSC_END,
    A_ABORT
};

#define TO(action, state) (uint8_t)((action) << 4 | (state))
#define ACTION_OF(to)     ((enum action)((to) >> 4))
#define STATE_OF(to)      ((enum parser_state)((to)&15))

#define ROW_ANYWHERE \
    [B_CANCEL] = TO(A_ABORT, ST_GROUND), [B_ESC] = TO(A_ESCAPE, ST_ESCAPE)
#define ROW_CONTROLS(entry) [B_CONTROL] = (entry), [B_BELL] = (entry)
/* DEL and what is not ASCII have no part in a sequence. */
#define ROW_OTHERS(state) \
    [B_DEL] = TO(A_NONE, state), [B_HIGH] = TO(A_NONE, state)
#define ROW_FINALS(entry)                                    \
    [B_FINAL] = (entry), [B_P] = (entry), [B_CSI] = (entry), \
    [B_OSC] = (entry), [B_STRING] = (entry)
#define ROW_NUMBERS(entry)                                             \
    [B_DIGIT] = (entry), [B_COLON] = (entry), [B_SEMICOLON] = (entry), \
    [B_PREFIX] = (entry)
/* The rest of what is not understood. */
#define ROW_SKIP(state)                                            \
    [B_INTER] = TO(A_NONE, state), ROW_NUMBERS(TO(A_NONE, state)), \
    ROW_OTHERS(state)

/* clang-format off */
static const uint8_t transitions[ST_COUNT][B_COUNT] = {
    /* Ground has its own code: only what leaves it comes here. */
    [ST_GROUND] = { ROW_ANYWHERE },
    [ST_ESCAPE] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_ESCAPE),
        ROW_CONTROLS(TO(A_CONTROL, ST_ESCAPE)),
        ROW_NUMBERS(TO(A_ESC_RUN, ST_GROUND)),
        [B_INTER]  = TO(A_INTER, ST_ESCAPE_INTER),
        [B_FINAL]  = TO(A_ESC_RUN, ST_GROUND),
        [B_P]      = TO(A_PARAMS, ST_DCS_ENTRY),
        [B_CSI]    = TO(A_PARAMS, ST_CSI_ENTRY),
        [B_OSC]    = TO(A_OSC_START, ST_OSC_STRING),
        [B_STRING] = TO(A_NONE, ST_STRING_IGNORE),
    },
    [ST_ESCAPE_INTER] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_ESCAPE_INTER),
        ROW_CONTROLS(TO(A_CONTROL, ST_ESCAPE_INTER)),
        ROW_NUMBERS(TO(A_ESC_RUN, ST_GROUND)),
        ROW_FINALS(TO(A_ESC_RUN, ST_GROUND)),
        [B_INTER] = TO(A_INTER, ST_ESCAPE_INTER),
    },
    [ST_CSI_ENTRY] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_CSI_ENTRY),
        ROW_CONTROLS(TO(A_CONTROL, ST_CSI_ENTRY)),
        ROW_FINALS(TO(A_CSI_RUN, ST_GROUND)),
        [B_INTER]     = TO(A_INTER, ST_CSI_INTER),
        [B_DIGIT]     = TO(A_DIGIT, ST_CSI_PARAM),
        [B_COLON]     = TO(A_SEPARATOR, ST_CSI_PARAM),
        [B_SEMICOLON] = TO(A_SEPARATOR, ST_CSI_PARAM),
        [B_PREFIX]    = TO(A_PREFIX, ST_CSI_PARAM),
    },
    [ST_CSI_PARAM] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_CSI_PARAM),
        ROW_CONTROLS(TO(A_CONTROL, ST_CSI_PARAM)),
        ROW_FINALS(TO(A_CSI_RUN, ST_GROUND)),
        [B_INTER]     = TO(A_INTER, ST_CSI_INTER),
        [B_DIGIT]     = TO(A_DIGIT, ST_CSI_PARAM),
        [B_COLON]     = TO(A_SEPARATOR, ST_CSI_PARAM),
        [B_SEMICOLON] = TO(A_SEPARATOR, ST_CSI_PARAM),
        [B_PREFIX]    = TO(A_NONE, ST_CSI_IGNORE),
    },
    [ST_CSI_INTER] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_CSI_INTER),
        ROW_CONTROLS(TO(A_CONTROL, ST_CSI_INTER)),
        ROW_FINALS(TO(A_CSI_RUN, ST_GROUND)),
        ROW_NUMBERS(TO(A_NONE, ST_CSI_IGNORE)),
        [B_INTER] = TO(A_INTER, ST_CSI_INTER),
    },
    [ST_CSI_IGNORE] = {
        ROW_ANYWHERE, ROW_SKIP(ST_CSI_IGNORE),
        ROW_CONTROLS(TO(A_CONTROL, ST_CSI_IGNORE)),
        ROW_FINALS(TO(A_NONE, ST_GROUND)),
    },
    [ST_DCS_ENTRY] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_DCS_ENTRY),
        ROW_CONTROLS(TO(A_NONE, ST_DCS_ENTRY)),
        ROW_FINALS(TO(A_DCS_START, ST_DCS_STRING)),
        [B_INTER]     = TO(A_INTER, ST_DCS_INTER),
        [B_DIGIT]     = TO(A_DIGIT, ST_DCS_PARAM),
        [B_COLON]     = TO(A_NONE, ST_DCS_IGNORE),
        [B_SEMICOLON] = TO(A_SEPARATOR, ST_DCS_PARAM),
        [B_PREFIX]    = TO(A_PREFIX, ST_DCS_PARAM),
    },
    [ST_DCS_PARAM] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_DCS_PARAM),
        ROW_CONTROLS(TO(A_NONE, ST_DCS_PARAM)),
        ROW_FINALS(TO(A_DCS_START, ST_DCS_STRING)),
        [B_INTER]     = TO(A_INTER, ST_DCS_INTER),
        [B_DIGIT]     = TO(A_DIGIT, ST_DCS_PARAM),
        [B_COLON]     = TO(A_NONE, ST_DCS_IGNORE),
        [B_SEMICOLON] = TO(A_SEPARATOR, ST_DCS_PARAM),
        [B_PREFIX]    = TO(A_NONE, ST_DCS_IGNORE),
    },
    [ST_DCS_INTER] = {
        ROW_ANYWHERE, ROW_OTHERS(ST_DCS_INTER),
        ROW_CONTROLS(TO(A_NONE, ST_DCS_INTER)),
        ROW_NUMBERS(TO(A_NONE, ST_DCS_IGNORE)),
        ROW_FINALS(TO(A_DCS_START, ST_DCS_STRING)),
        [B_INTER] = TO(A_INTER, ST_DCS_INTER),
    },
    [ST_DCS_STRING] = {
        ROW_ANYWHERE, ROW_FINALS(TO(A_PUT, ST_DCS_STRING)),
        ROW_NUMBERS(TO(A_PUT, ST_DCS_STRING)),
        ROW_CONTROLS(TO(A_PUT, ST_DCS_STRING)),
        [B_INTER] = TO(A_PUT, ST_DCS_STRING),
        [B_DEL]   = TO(A_NONE, ST_DCS_STRING),
        [B_HIGH]  = TO(A_PUT, ST_DCS_STRING),
    },
    [ST_DCS_IGNORE] = {
        ROW_ANYWHERE, ROW_SKIP(ST_DCS_IGNORE),
        ROW_CONTROLS(TO(A_NONE, ST_DCS_IGNORE)),
        ROW_FINALS(TO(A_NONE, ST_DCS_IGNORE)),
    },
    [ST_OSC_STRING] = {
        ROW_ANYWHERE, ROW_FINALS(TO(A_PUT, ST_OSC_STRING)),
        ROW_NUMBERS(TO(A_PUT, ST_OSC_STRING)),
        [B_CONTROL] = TO(A_NONE, ST_OSC_STRING),
        [B_BELL]    = TO(A_OSC_END, ST_GROUND),
        [B_INTER]   = TO(A_PUT, ST_OSC_STRING),
        [B_DEL]     = TO(A_NONE, ST_OSC_STRING),
        [B_HIGH]    = TO(A_PUT, ST_OSC_STRING),
    },
    [ST_STRING_IGNORE] = {
        ROW_ANYWHERE, ROW_SKIP(ST_STRING_IGNORE),
        ROW_CONTROLS(TO(A_NONE, ST_STRING_IGNORE)),
        ROW_FINALS(TO(A_NONE, ST_STRING_IGNORE)),
    },
};

#define B4(c)  c, c, c, c
#define B8(c)  B4(c), B4(c)
#define B16(c) B8(c), B8(c)

static const uint8_t classes[256] = {
    B4(B_CONTROL), B_CONTROL, B_CONTROL, B_CONTROL, B_BELL, B8(B_CONTROL),
    B8(B_CONTROL), B_CANCEL, B_CONTROL, B_CANCEL, B_ESC, B4(B_CONTROL),
    B16(B_INTER),
    B8(B_DIGIT), B_DIGIT, B_DIGIT, B_COLON, B_SEMICOLON, B4(B_PREFIX),
    B16(B_FINAL),                                           /* @ A .. O */
    B_P, B_FINAL, B_FINAL, B_FINAL, B4(B_FINAL),            /* P .. W */
    B_STRING, B_FINAL, B_FINAL, B_CSI,                      /* X Y Z [ */
    B_FINAL, B_OSC, B_STRING, B_STRING,                     /* \ ] ^ _ */
    B16(B_FINAL),
    B8(B_FINAL), B4(B_FINAL), B_FINAL, B_FINAL, B_FINAL, B_DEL,
    B16(B_HIGH), B16(B_HIGH), B16(B_HIGH), B16(B_HIGH),
    B16(B_HIGH), B16(B_HIGH), B16(B_HIGH), B16(B_HIGH),
};
/* clang-format on */
