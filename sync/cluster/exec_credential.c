#include "sync/cluster/exec_credential.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

static void secret_free(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

void exec_answer_deinit(struct exec_answer *answer)
{
	secret_free(answer->token);
	free(answer->certificate_pem);
	secret_free(answer->key_pem);
	*answer = (struct exec_answer){ .token = NULL };
}

static json_t *cluster_build(const struct connection *connection)
{
	json_t *cluster = json_object();

	json_set_text(cluster, "server", connection->server);
	json_set_text(cluster, "tls-server-name", connection->tls_server_name);
	json_set_text(cluster, "proxy-url", connection->proxy_url);
	if (connection->insecure)
		json_object_set_new(cluster, "insecure-skip-tls-verify", json_true());
	if (connection->ca_pem) {
		cleanup(free) char *data = base64_new(connection->ca_pem, strlen(connection->ca_pem));

		json_set_text(cluster, "certificate-authority-data", data);
	}
	return cluster;
}

char *exec_info_new(const struct connection *connection)
{
	cleanup(json) json_t *info = json_pack("{s:s, s:s, s:{s:b}}", "kind", "ExecCredential", "apiVersion",
					       connection->exec->api_version, "spec", "interactive", 0);

	if (connection->exec->provide_cluster_info)
		json_object_set_new(json_object_get(info, "spec"), "cluster", cluster_build(connection));
	return json_text_new(info);
}

static bool check_kind(const json_t *value, const char *api_version, struct error *err)
{
	const char *said = json_text_at(value, "apiVersion", NULL);

	if (!text_equal(json_text_at(value, "kind", NULL), "ExecCredential"))
		return error_set(err, ERROR_INVALID, "it wrote no ExecCredential object");
	if (!text_equal(said, api_version)) {
		cleanup(free) char *printable = said ? text_printable(said, TEXT_ONE_LINE) : string_copy("none");

		return error_set(err, ERROR_INVALID, "it answered with apiVersion %.100s instead of %s", printable,
				 api_version);
	}
	return true;
}

/* Control characters would break out of the Authorization header. */
static bool check_token(const char *token, struct error *err)
{
	for (const char *c = token; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return error_set(err, ERROR_INVALID, "its token holds control characters");
	return true;
}

bool exec_answer_parse(const char *text, size_t length, const char *api_version, struct exec_answer *answer,
		       struct error *err)
{
	cleanup(json) json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
	const char *token, *certificate, *key, *expires;

	if (value == NULL)
		return error_set(err, ERROR_INVALID, "what it wrote is not JSON");
	if (!check_kind(value, api_version, err))
		return false;
	token = json_text_at(value, "status", "token", NULL);
	certificate = json_text_at(value, "status", "clientCertificateData", NULL);
	key = json_text_at(value, "status", "clientKeyData", NULL);
	expires = json_text_at(value, "status", "expirationTimestamp", NULL);
	if ((token == NULL || *token == '\0') && certificate == NULL && key == NULL)
		return error_set(err, ERROR_INVALID, "its answer has neither a token nor a client certificate");
	if ((certificate == NULL) != (key == NULL))
		return error_set(err, ERROR_INVALID,
				 "its answer has only one of clientCertificateData and "
				 "clientKeyData");
	if (token && !check_token(token, err))
		return false;
	if (expires && !time_parse(expires, &answer->expires))
		return error_set(err, ERROR_INVALID, "its expirationTimestamp is no RFC 3339 time");
	answer->token = token && *token ? string_copy(token) : NULL;
	answer->certificate_pem = string_copy(certificate);
	answer->key_pem = string_copy(key);
	return true;
}
