#include "base/text.h"
#include "sync/git/libgit2.h"

#include <string.h>

enum { MESSAGE_MAX = 1024 * 1024 };

void commit_summary_deinit(struct commit_summary *summary)
{
	free(summary->author);
	free(summary->subject);
	free(summary->message);
	*summary = (struct commit_summary){ .author = NULL };
}

static char *author_new(const git_commit *commit)
{
	const git_signature *author = git_commit_author(commit);
	cleanup(free) char *text = NULL;

	if (author == NULL)
		return string_copy("");
	text = string_format("%s <%s>", author->name, author->email);
	return text_printable(text, TEXT_ONE_LINE);
}

bool repository_read_commit(struct repository *repository, const char *commit, struct commit_summary *summary,
			    struct error *err)
{
	cleanup(git_commit) git_commit *found = NULL;
	const char *message, *subject;
	git_oid id;
	int result;

	*summary = (struct commit_summary){ .author = NULL };
	if (!libgit2_parse_id(commit, &id, err))
		return false;
	result = git_commit_lookup(&found, repository->git, &id);
	if (result < 0)
		return libgit2_error(err, result, "%s: commit %s", repository->directory, commit);
	message = git_commit_message(found);
	if (strlen(message) > MESSAGE_MAX)
		return error_set(err, ERROR_LIMIT, "the message of commit %s is larger than 1 MiB", commit);
	subject = git_commit_summary(found);
	*summary = (struct commit_summary){ .author = author_new(found),
					    .subject = text_printable(subject ? subject : "", TEXT_ONE_LINE),
					    .time = git_commit_time(found),
					    .message = string_copy(message) };
	return true;
}
