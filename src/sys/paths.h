/* paths.h - where things are. */
#ifndef SYS_PATHS_H
#define SYS_PATHS_H

/*
 * $HOME, else the password database; absolute, never NULL.  Borrowed: until
 * the next call of paths_home() or paths_user(), or a change of $HOME.
 */
const char *paths_home(void);

/* "~" and "~/x" expanded; else a copy.  For mem_free(). */
char *paths_expand(const char *path);

/* The same, and not relative to the working directory, if that has a name. */
char *paths_absolute(const char *path);

/* The path as a person writes it: the home directory as "~".  For
 * mem_free(). */
char *paths_tilde(const char *path);

/* Where our own files are that are no settings, "$XDG_STATE_HOME/vmconnect/"
 * and the name, ~/.local/state being the default.  For mem_free(). */
char *paths_state(const char *name);

/* The login name of the user who runs this; borrowed likewise.  Never NULL. */
const char *paths_user(void);

#endif
