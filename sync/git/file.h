/* Small files that a person's configuration names: known hosts, passwords. */
#pragma once

#include <stddef.h>

#include "base/error.h"

/* The file's text, NUL-terminated; the caller frees. `what` names its role in the message ("the password file"). */
char *file_text_new(const char *path, size_t size_max, const char *what, struct error *err);
