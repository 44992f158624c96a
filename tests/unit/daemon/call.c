#include "tests/unit/daemon/call.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"

void call_deinit(struct call *call)
{
	free(call->out);
	free(call->err);
}

/* Puts a new file in the place of a stream; gives back the stream's own. */
static int stream_divert(FILE *stream, FILE *to)
{
	int own = dup(fileno(stream));

	fflush(stream);
	dup2(fileno(to), fileno(stream));
	return own;
}

static char *stream_restore_new(FILE *stream, int own, FILE *from)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	char piece[4096];
	size_t got;

	fflush(stream);
	dup2(own, fileno(stream));
	close(own);
	rewind(from);
	while ((got = fread(piece, 1, sizeof(piece), from)) > 0)
		buffer_append(&text, piece, got);
	fclose(from);
	return buffer_steal(&text);
}

void call_make(struct call *call, int (*command)(int, char **), const char *const *words)
{
	char *argv[CALL_ARGUMENTS_MAX + 1] = { NULL };
	FILE *out = tmpfile(), *err = tmpfile();
	int own_out = stream_divert(stdout, out), own_err = stream_divert(stderr, err), argc = 0;

	for (; words[argc]; argc++)
		argv[argc] = (char *)words[argc];
	call->code = command(argc, argv);
	call->out = stream_restore_new(stdout, own_out, out);
	call->err = stream_restore_new(stderr, own_err, err);
}
