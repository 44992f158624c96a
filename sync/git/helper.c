/* The child process: one request from stdin, one answer to stdout, exit code 0
 * when the operation succeeded. */
#include "sync/git/helper.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "sync/git/sandbox.h"

static bool read_request(struct buffer *text, struct error *err)
{
	char part[4096];
	ssize_t length;

	while ((length = read(STDIN_FILENO, part, sizeof(part))) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return error_system(err, errno, "the git helper's request");
		buffer_append(text, part, (size_t)length);
		if (text->length > PROTOCOL_TEXT_MAX)
			return error_set(err, ERROR_LIMIT, "the git helper's request is larger than 1 MiB");
	}
	return true;
}

static bool write_answer(const char *text)
{
	return fputs(text, stdout) >= 0 && fputc('\n', stdout) != EOF && fflush(stdout) == 0;
}

static bool run(const struct helper_request *request, struct remote_answer *answer, struct error *err)
{
	cleanup(session) struct session session = { .request = NULL };

	if (!session_open(&session, request, err))
		return false;
	switch (request->operation) {
	case HELPER_FETCH:
		return helper_fetch(&session, answer, err);
	case HELPER_PUSH_NOTES:
		return helper_push_notes(&session, err);
	}
	return error_set(err, ERROR_INVALID, "the git helper does not know this operation");
}

int remote_helper_main(void)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(helper_request) struct helper_request request = { .notes_reference = NULL };
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *reply = NULL;
	struct remote_answer answer = { .branch_missing = false };

	if (read_request(&text, &err) && helper_request_parse(buffer_text(&text), text.length, &request, &err) &&
	    sandbox_enter(request.settings.timeout_ms, &err))
		run(&request, &answer, &err);
	reply = helper_answer_text_new(&answer, &err);
	return write_answer(reply) && err.code == ERROR_NONE ? 0 : 1;
}
