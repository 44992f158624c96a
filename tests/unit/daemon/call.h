/* Calls a command as main() would, and keeps what it prints. */
#pragma once

enum { CALL_ARGUMENTS_MAX = 8 };

struct call {
	int code;
	char *out, *err;
};

void call_deinit(struct call *call);
static inline void call_cleanup(struct call *call)
{
	call_deinit(call);
}

/* `words` ends with NULL; the first is the command's name. */
void call_make(struct call *call, int (*command)(int argc, char **argv), const char *const *words);
