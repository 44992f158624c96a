#include "sync/cluster/credentials.h"

#include <assert.h>
#include <string.h>

#include "base/digest.h"
#include "base/time.h"
#include "sync/cluster/exec_plugin.h"
#include "sync/cluster/watched_file.h"

enum {
	EXPIRY_MARGIN_S = 30, /* a plugin runs again that long before its answer expires */
	FAILURE_PAUSE_MS = 5000 /* a failed plugin is not run again at once */
};

struct credentials {
	uv_loop_t *loop;
	const struct connection *connection;
	void (*on_ready)(void *data);
	void *ready_data;
	void (*closed)(void *data); /* NULL while open */
	void *closed_data;
	uv_timer_t ending; /* calls `closed` from the loop */

	struct watched_file token_file, certificate_file, key_file;
	char *authorization; /* NULL: none */
	uint64_t generation;

	struct exec_plugin *plugin; /* while it runs */
	struct exec_answer answer; /* its last one */
	int64_t renew_at; /* seconds since 1970; INT64_MAX: never by itself */
	bool answered;
	uint64_t failed_at; /* valid while `failure` is set */
	struct error failure;
};

static void secret_replace(char **secret, char *value)
{
	if (*secret)
		explicit_bzero(*secret, strlen(*secret));
	free(*secret);
	*secret = value;
}

static char *bearer_new(const char *token)
{
	return string_format("Bearer %.*s", (int)strcspn(token, "\r\n"), token + strspn(token, " \t"));
}

static char *basic_new(const char *username, const char *password)
{
	cleanup(free) char *pair = string_format("%s:%s", username, password ? password : "");
	cleanup(free) char *encoded = base64_new(pair, strlen(pair));

	return string_format("Basic %s", encoded);
}

static char *authorization_new(const struct credentials *credentials)
{
	const struct connection *connection = credentials->connection;

	if (credentials->token_file.text)
		return bearer_new(credentials->token_file.text);
	if (connection->token)
		return bearer_new(connection->token);
	if (connection->username)
		return basic_new(connection->username, connection->password);
	if (credentials->answer.token)
		return bearer_new(credentials->answer.token);
	return NULL;
}

static void renew(struct credentials *credentials)
{
	secret_replace(&credentials->authorization, authorization_new(credentials));
	credentials->generation++;
}

struct credentials *credentials_new(uv_loop_t *loop, const struct connection *connection,
				    void (*on_ready)(void *data), void *data)
{
	struct credentials *credentials = memory_new(sizeof(*credentials));

	credentials->loop = loop;
	credentials->connection = connection;
	credentials->on_ready = on_ready;
	credentials->ready_data = data;
	watched_file_init(&credentials->token_file, connection->token_file);
	watched_file_init(&credentials->certificate_file, connection->client_certificate_file);
	watched_file_init(&credentials->key_file, connection->client_key_file);
	renew(credentials);
	uv_timer_init(loop, &credentials->ending);
	credentials->ending.data = credentials;
	return credentials;
}

static void on_ended(uv_handle_t *handle)
{
	struct credentials *credentials = handle->data;
	void (*closed)(void *data) = credentials->closed;
	void *data = credentials->closed_data;

	watched_file_deinit(&credentials->token_file);
	watched_file_deinit(&credentials->certificate_file);
	watched_file_deinit(&credentials->key_file);
	secret_replace(&credentials->authorization, NULL);
	exec_answer_deinit(&credentials->answer);
	error_deinit(&credentials->failure);
	free(credentials);
	closed(data);
}

void credentials_close(struct credentials *credentials, void (*closed)(void *data), void *data)
{
	assert(credentials->closed == NULL);
	credentials->closed = closed;
	credentials->closed_data = data;
	if (credentials->plugin)
		exec_plugin_cancel(credentials->plugin);
	else
		uv_close((uv_handle_t *)&credentials->ending, on_ended);
}

/* What lives shorter than twice the margin is used for half of its life. */
static int64_t renewal_time(int64_t expires, int64_t now)
{
	int64_t margin = (expires - now) / 2;

	return expires - (margin < EXPIRY_MARGIN_S ? margin : EXPIRY_MARGIN_S);
}

static void take_answer(struct credentials *credentials, struct exec_answer *answer)
{
	int64_t now = time_now();

	if (answer->expires && answer->expires <= now) {
		error_set(&credentials->failure, ERROR_REFUSED,
			  "exec plugin %s: the credential that it gave has expired already",
			  credentials->connection->exec->command);
		return;
	}
	exec_answer_deinit(&credentials->answer);
	credentials->answer = *answer;
	*answer = (struct exec_answer){ .token = NULL };
	credentials->answered = true;
	credentials->renew_at =
		credentials->answer.expires ? renewal_time(credentials->answer.expires, now) : INT64_MAX;
	renew(credentials);
}

static void on_plugin_done(void *data, struct exec_answer *answer, const struct error *err)
{
	struct credentials *credentials = data;

	credentials->plugin = NULL;
	if (credentials->closed) {
		uv_close((uv_handle_t *)&credentials->ending, on_ended);
		return;
	}
	if (answer)
		take_answer(credentials, answer);
	else
		error_copy(&credentials->failure, err);
	credentials->failed_at = time_monotonic_ms();
	credentials->on_ready(credentials->ready_data);
}

static bool is_answer_good(const struct credentials *credentials)
{
	return credentials->answered && time_now() < credentials->renew_at;
}

static enum credentials_outcome get_from_plugin(struct credentials *credentials, struct error *err)
{
	if (is_answer_good(credentials))
		return CREDENTIALS_GOOD;
	if (credentials->plugin)
		return CREDENTIALS_PENDING;
	if (credentials->failure.code != ERROR_NONE) {
		if (time_monotonic_ms() - credentials->failed_at < FAILURE_PAUSE_MS) {
			error_copy(err, &credentials->failure);
			return CREDENTIALS_FAILED;
		}
		error_deinit(&credentials->failure);
	}
	credentials->plugin = exec_plugin_run(credentials->loop, credentials->connection, EXEC_PLUGIN_DEADLINE_MS,
					      on_plugin_done, credentials);
	return CREDENTIALS_PENDING;
}

static bool update_files(struct credentials *credentials, enum watched_file_look look, struct error *err)
{
	uint64_t now = time_monotonic_ms();
	bool changed = false;

	if (!watched_file_update(&credentials->token_file, now, look, &changed, err) ||
	    !watched_file_update(&credentials->certificate_file, now, look, &changed, err) ||
	    !watched_file_update(&credentials->key_file, now, look, &changed, err))
		return error_wrap(err, "the credentials of user \"%s\"", credentials->connection->user);
	if (changed)
		renew(credentials);
	return true;
}

static const char *first_of(const char *a, const char *b, const char *c)
{
	if (a)
		return a;
	return b ? b : c;
}

enum credentials_outcome credentials_get(struct credentials *credentials, struct credential *credential,
					 struct error *err)
{
	const struct connection *connection = credentials->connection;
	enum credentials_outcome outcome;

	if (!update_files(credentials, WATCHED_FILE_PAUSED, err))
		return CREDENTIALS_FAILED;
	outcome = connection->exec ? get_from_plugin(credentials, err) : CREDENTIALS_GOOD;
	*credential = (struct credential){
		.authorization = credentials->authorization,
		.certificate_pem = first_of(connection->client_certificate_pem, credentials->certificate_file.text,
					    credentials->answer.certificate_pem),
		.key_pem =
			first_of(connection->client_key_pem, credentials->key_file.text, credentials->answer.key_pem),
		.generation = credentials->generation,
	};
	return outcome;
}

bool credentials_reject(struct credentials *credentials, uint64_t generation)
{
	cleanup(error) struct error ignored = ERROR_INIT; /* what was read before stays in use */

	if (generation != credentials->generation)
		return true;
	if (credentials->connection->exec) {
		credentials->answered = false;
		return true;
	}
	update_files(credentials, WATCHED_FILE_NOW, &ignored);
	return generation != credentials->generation;
}
