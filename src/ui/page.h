/*
 * page.h - a question's text, choices and prompt as rows of a width, for the
 * box and for the plain terminal.  Pure.
 */
#ifndef UI_PAGE_H
#define UI_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include "ui/question.h"

struct page_row {
    const char *text; /* len bytes, without line ends */
    size_t len;
    unsigned col;     /* where it begins */
    const char *word; /* a choice's, on its first row; else NULL */
    unsigned word_col;
    size_t choice; /* of this choice, counted from one; 0: of none */
};

/* The texts of a question, copied. */
struct page {
    char *title, *text, *prompt;
    char *hint; /* NULL: the usual one */
    bool echo, alert, confirm, menu;
    struct page_choice {
        char *word, *label;
    } * choices;
    size_t choices_len;

    /* page_fit()'s: */
    struct page_row *rows;
    size_t len, cap;
    size_t foot;        /* how many of the last rows are the prompt's */
    size_t answers;     /* the same, with the choices it is answered from */
    unsigned input_col; /* where typing begins, on the last row */
};

void page_init(struct page *p, const struct ui_question *question);
void page_free(struct page *p);

/* Put words before its text, once; arrange it again after this. */
void page_say(struct page *p, const char *words);

/* Arrange it for a width of at least 1. */
void page_fit(struct page *p, unsigned width);

/* Drop the blank rows around the choices of a prompt. */
void page_tighten(struct page *p);

/* Keep no more than this many (at least 1) rows of the prompt's: the last. */
void page_cut_foot(struct page *p, size_t rows);

#endif
