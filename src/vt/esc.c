/* esc.c - control characters, and escape sequences that are not CSI. */
#include "vt/screen.h"

static void esc_index(struct vt *vt)
{
    screen_index(vt);
}

static void esc_next_line(struct vt *vt)
{
    screen_return(vt);
    screen_index(vt);
}

static void esc_set_tab(struct vt *vt)
{
    vt->tabs[vt->cur.col] = true;
}

static void esc_keypad_application(struct vt *vt)
{
    mode_set(vt, MODE_APP_KEYPAD, true);
}

static void esc_keypad_numeric(struct vt *vt)
{
    mode_set(vt, MODE_APP_KEYPAD, false);
}

static void esc_shift_g2(struct vt *vt)
{
    vt->single_shift = 2;
}

static void esc_shift_g3(struct vt *vt)
{
    vt->single_shift = 3;
}

static void esc_lock_g2(struct vt *vt)
{
    vt->cur.gl = 2;
}

static void esc_lock_g3(struct vt *vt)
{
    vt->cur.gl = 3;
}

static void esc_device(struct vt *vt)
{
    static const struct vt_params none;

    csi_run(vt, &none, 'c');
}

/* DECBI and DECFI: at the margin the columns move instead of the cursor. */
static void esc_back_index(struct vt *vt)
{
    if (vt->cur.col == vt->left && screen_in_margins(vt))
        screen_shift_columns(vt, vt->left, 1, true);
    else
        screen_left(vt, 1);
}

static void esc_forward_index(struct vt *vt)
{
    if (vt->cur.col == vt->right && screen_in_margins(vt))
        screen_shift_columns(vt, vt->left, 1, false);
    else
        screen_right(vt, 1);
}

/* clang-format off */
static const struct esc_op {
    char inter, final;
    void (*run)(struct vt *vt);
} esc_ops[] = {
    { 0,   '6', esc_back_index },         /* DECBI   DEC */
    { 0,   '7', screen_save_cursor },     /* DECSC   DEC */
    { 0,   '8', screen_restore_cursor },  /* DECRC   DEC */
    { 0,   '9', esc_forward_index },      /* DECFI   DEC */
    { 0,   '=', esc_keypad_application }, /* DECKPAM DEC */
    { 0,   '>', esc_keypad_numeric },     /* DECKPNM DEC */
    { 0,   'D', esc_index },              /* IND     ECMA-48, 3rd edition */
    { 0,   'E', esc_next_line },          /* NEL     ECMA-48 8.3.86 */
    { 0,   'H', esc_set_tab },            /* HTS     ECMA-48 8.3.62 */
    { 0,   'M', screen_reverse_index },   /* RI      ECMA-48 8.3.104 */
    { 0,   'N', esc_shift_g2 },           /* SS2     ECMA-48 8.3.141 */
    { 0,   'O', esc_shift_g3 },           /* SS3     ECMA-48 8.3.142 */
    { 0,   'Z', esc_device },             /* DECID   DEC */
    { 0,   'c', screen_reset },           /* RIS     ECMA-48 8.3.105 */
    { 0,   'n', esc_lock_g2 },            /* LS2     ECMA-48 8.3.76 */
    { 0,   'o', esc_lock_g3 },            /* LS3     ECMA-48 8.3.78 */
    { '#', '8', screen_align },           /* DECALN  DEC */
};
/* clang-format on */

void esc_run(struct vt *vt, char inter, char final)
{
    size_t i;

    if (inter >= '(' && inter <= '+') {
        charset_designate(vt, (unsigned)(inter - '('), final);
        return;
    }
    for (i = 0; i < sizeof esc_ops / sizeof esc_ops[0]; i++)
        if (esc_ops[i].inter == inter && esc_ops[i].final == final) {
            esc_ops[i].run(vt);
            return;
        }
}

void control_run(struct vt *vt, uint8_t byte)
{
    switch (byte) {
    case 0x05: /* ENQ */
        if (vt->answerback != NULL)
            reply_printf(vt, "%s", vt->answerback);
        break;
    case 0x07: vt->events |= VT_EVENT_BELL; break;
    case 0x08: screen_backspace(vt, 1); break;
    case 0x09: screen_tab(vt, 1); break;
    case 0x0a: /* LF, VT and FF are one */
    case 0x0b:
    case 0x0c:
        if (mode(vt, MODE_NEWLINE))
            screen_return(vt);
        screen_index(vt);
        break;
    case 0x0d: screen_return(vt); break;
    case 0x0e: vt->cur.gl = 1; break; /* SO */
    case 0x0f: vt->cur.gl = 0; break; /* SI */
    default: break;
    }
}
