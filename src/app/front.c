/* front.c - which front a session gets. */
#include "app/front.h"

#include <sys/stat.h>
#include <unistd.h>
#include "app/doctor.h"
#include "app/notes.h"
#include "base/err.h"
#include "config/options.h"
#include "sys/output.h"

static bool wants_screen(const struct options *opt)
{
    return opt->command == NULL && !opt->no_command && opt->tty != TTY_NO &&
           isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool front_can_record(const struct options *opt, struct err *err)
{
    struct stat st;
    bool there;
    int fd;

    if (opt->record == NULL || !wants_screen(opt))
        return true;
    there = lstat(opt->record, &st) == 0; /* also a link to nowhere */
    fd = output_open(opt->record, OUTPUT_NEW, err);
    if (fd == -1)
        return err_prefix(err, "%s: cannot write this file", opt->record);
    close(fd);
    if (!there)
        unlink(opt->record);
    return true;
}

struct front *front_new(const struct options *opt, struct ladder *ladder,
                        struct notes *notes)
{
    struct front *front;
    struct err err;

    if (opt->mode == RUN_DOCTOR)
        return doctor_front_new(opt, ladder);
    if (wants_screen(opt)) {
        front = screen_front_new(opt, &err);
        if (front != NULL)
            return front;
        notes_add(notes, NOTE_NORMAL, "%s; going on without the full screen",
                  err.msg);
    }
    if (opt->record != NULL)
        notes_add(notes, NOTE_NORMAL,
                  "Nothing is recorded: --record is for the full screen.");
    if (opt->log_file != NULL)
        notes_add(notes, NOTE_NORMAL,
                  "Nothing is logged: SessionLog is for the full screen.");
    if (opt->tty == TTY_YES && !isatty(STDIN_FILENO))
        notes_add(notes, NOTE_NORMAL,
                  "No terminal on the server (-t): standard input is not one "
                  "here; -tt asks for one all the same.");
    return pipe_front_new(opt);
}
