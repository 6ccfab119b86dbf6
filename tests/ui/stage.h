/*
 * stage.h - a program around the ui, as app is, for the tests to play on.
 *
 * Keys do what stage.c's table says; what else is typed is described on the
 * screen, one event a line.
 */
#ifndef TESTS_UI_STAGE_H
#define TESTS_UI_STAGE_H

#include <stdbool.h>

#define STAGE_STEPS 8

struct stage {
    bool no_status, no_mouse;
    bool alert;                     /* the status line */
    bool asks;                      /* for the terminal's colours */
    const char *steps[STAGE_STEPS]; /* what the server sends: first at once,
                                       then one for each F12 */
};

/* For terminal_setup: arg is a struct stage. */
int stage_run(void *arg);

#endif
