#include "sync/git/protocol.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

static const char *const operation_names[] = { [HELPER_FETCH] = "fetch", [HELPER_PUSH_NOTES] = "push-notes" };

static const char *const code_names[] = {
	[ERROR_NONE] = "none",         [ERROR_INVALID] = "invalid",     [ERROR_NOT_FOUND] = "not-found",
	[ERROR_CONFLICT] = "conflict", [ERROR_REFUSED] = "refused",     [ERROR_UNAVAILABLE] = "unavailable",
	[ERROR_TIMEOUT] = "timeout",   [ERROR_CANCELLED] = "cancelled", [ERROR_LIMIT] = "limit",
	[ERROR_SYSTEM] = "system",
};

/* The settings that are text, by their name on the wire. */
static const struct field {
	const char *name;
	size_t offset;
} fields[] = {
	{ "url", offsetof(struct remote_settings, url) },
	{ "branch", offsetof(struct remote_settings, branch) },
	{ "directory", offsetof(struct remote_settings, directory) },
	{ "sshKeyFile", offsetof(struct remote_settings, ssh_key_file) },
	{ "sshKnownHostsFile", offsetof(struct remote_settings, ssh_known_hosts_file) },
	{ "httpsCaFile", offsetof(struct remote_settings, https_ca_file) },
	{ "httpsUsername", offsetof(struct remote_settings, https_username) },
	{ "httpsPasswordFile", offsetof(struct remote_settings, https_password_file) },
};

enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]) };

static char **field_of(struct remote_settings *settings, const struct field *field)
{
	return (char **)((char *)settings + field->offset);
}

static const char *field_text(const struct remote_settings *settings, const struct field *field)
{
	return *(char *const *)((const char *)settings + field->offset);
}

void remote_settings_deinit(struct remote_settings *settings)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		free(*field_of(settings, &fields[i]));
	*settings = (struct remote_settings){ .url = NULL };
}

void helper_request_deinit(struct helper_request *request)
{
	remote_settings_deinit(&request->settings);
	free(request->notes_reference);
	request->notes_reference = NULL;
}

char *helper_request_text_new(enum helper_operation operation, const struct remote_settings *settings,
			      const char *notes_reference)
{
	cleanup(json) json_t *request = json_object();

	json_set_text(request, "operation", operation_names[operation]);
	json_set_text(request, "notesReference", notes_reference);
	json_object_set_new(request, "timeoutMs", json_integer((json_int_t)settings->timeout_ms));
	for (size_t i = 0; i < FIELD_COUNT; i++)
		json_set_text(request, fields[i].name, field_text(settings, &fields[i]));
	return json_text_new(request);
}

static bool parse_operation(const json_t *request, enum helper_operation *operation, struct error *err)
{
	const char *name = json_text_at(request, "operation", NULL);

	for (size_t i = 0; name && i < sizeof(operation_names) / sizeof(operation_names[0]); i++) {
		if (strcmp(name, operation_names[i]) != 0)
			continue;
		*operation = (enum helper_operation)i;
		return true;
	}
	return error_set(err, ERROR_INVALID,
			 "the git helper's request names no operation; it is fetch or push-notes");
}

bool helper_request_parse(const char *text, size_t length, struct helper_request *request, struct error *err)
{
	cleanup(json) json_t *value = json_new_from_text(text, length, "the git helper's request", err);
	json_int_t timeout;

	*request = (struct helper_request){ .notes_reference = NULL };
	if (value == NULL || !parse_operation(value, &request->operation, err))
		return false;
	for (size_t i = 0; i < FIELD_COUNT; i++)
		*field_of(&request->settings, &fields[i]) = string_copy(json_text_at(value, fields[i].name, NULL));
	request->notes_reference = string_copy(json_text_at(value, "notesReference", NULL));
	timeout = json_integer_value(json_at(value, "timeoutMs", NULL));
	request->settings.timeout_ms = timeout > 0 ? (uint64_t)timeout : 0;
	if (request->settings.url == NULL || request->settings.directory == NULL)
		return error_set(err, ERROR_INVALID, "the git helper's request has no url or no directory");
	if (request->operation == HELPER_PUSH_NOTES && request->notes_reference == NULL)
		return error_set(err, ERROR_INVALID, "the git helper's request has no notesReference to push");
	return true;
}

static json_t *error_build(const struct error *err)
{
	cleanup(free) char *message = text_printable(err->message ? err->message : "", TEXT_ONE_LINE);

	/* What a server says need not be UTF-8, which JSON must be. */
	for (char *c = message; *c; c++)
		if ((unsigned char)*c >= 0x80)
			*c = '?';
	return json_pack("{s:s, s:s}", "code", code_names[err->code], "message", message);
}

char *helper_answer_text_new(const struct remote_answer *answer, const struct error *err)
{
	cleanup(json) json_t *value = json_object();

	if (err && err->code != ERROR_NONE) {
		json_object_set_new(value, "error", error_build(err));
	} else {
		json_set_text(value, "commit", answer->commit);
		json_object_set_new(value, "branchMissing", json_boolean(answer->branch_missing));
	}
	return json_text_new(value);
}

static bool parse_error(const json_t *value, struct error *err)
{
	const char *code = json_text_at(value, "code", NULL), *message = json_text_at(value, "message", NULL);

	for (size_t i = ERROR_NONE + 1; code && message && i < sizeof(code_names) / sizeof(code_names[0]); i++) {
		cleanup(free) char *printable = NULL;

		if (strcmp(code, code_names[i]) != 0)
			continue;
		printable = text_printable(message, TEXT_ONE_LINE);
		return error_set(err, (enum error_code)i, "%s", printable);
	}
	return error_set(err, ERROR_SYSTEM, "the git helper failed without saying how");
}

static bool is_commit_id(const char *text)
{
	return strlen(text) == COMMIT_ID_SIZE - 1 && strspn(text, "0123456789abcdef") == COMMIT_ID_SIZE - 1;
}

bool helper_answer_parse(const char *text, size_t length, struct remote_answer *answer, struct error *err)
{
	struct error problem = ERROR_INIT;
	cleanup(json) json_t *value = json_new_from_text(text, length, "the git helper's answer", &problem);
	const json_t *failure = json_object_get(value, "error"), *missing;
	const char *commit;

	*answer = (struct remote_answer){ .branch_missing = false };
	if (value == NULL) {
		error_move(err, &problem);
		err->code = ERROR_SYSTEM; /* no person wrote it */
		return false;
	}
	if (failure)
		return parse_error(failure, err);
	commit = json_text_at(value, "commit", NULL);
	missing = json_object_get(value, "branchMissing");
	if (commit == NULL || !json_is_boolean(missing) || (*commit && !is_commit_id(commit)))
		return error_set(err, ERROR_SYSTEM, "the git helper's answer makes no sense");
	memcpy(answer->commit, commit, strlen(commit) + 1);
	answer->branch_missing = json_is_true(missing);
	return true;
}
