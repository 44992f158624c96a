/* A command line as a shell splits it into words: blanks, quotes and backslashes
 * (POSIX shell command language, 2.2). Nothing is expanded: no variables, no
 * patterns, no operators. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct command_line {
	const char **words;
	size_t count;
};

/* NULL when it was split; otherwise what is wrong, in words that do not repeat
 * the text, since a command line may hold a secret. */
const char *command_line_split(struct arena *arena, const char *text, struct command_line *line);
