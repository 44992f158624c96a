#include "tests/integration/test_client_identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAPS "/api/v1/namespaces/default/configmaps"

static void test_wrong_token(const struct cluster *cluster)
{
	struct fixture fixture;
	struct connection connection;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };
	cleanup(free) char *path = cluster_file_new(cluster, "kubeconfig");

	fixture_load(path, &connection);
	free(connection.token);
	connection.token = string_copy("not-the-token");
	fixture_open_connection(&fixture, &connection, NULL);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 401, ERROR_REFUSED, "a wrong token: REFUSED");
	expect(strstr(outcome_text(&outcome), "not-the-token") == NULL, "its error does not tell the token", "%s",
	       outcome_text(&outcome));
	expect(client_counters(fixture.client)->requests == 1, "a token that cannot change is not tried again",
	       "%llu", (unsigned long long)client_counters(fixture.client)->requests);
	fixture_close(&fixture, "wrong token");
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
		perror(path);
		exit(1);
	}
}

/* A token file that has gone stale is read again after the 401. */
static void test_token_file(const struct cluster *cluster)
{
	struct fixture fixture;
	struct connection connection;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };
	cleanup(free) char *path = cluster_file_new(cluster, "kubeconfig");
	cleanup(free) char *token_path = cluster_file_new(cluster, "token-of-the-client-test");
	cleanup(free) char *token = NULL;

	fixture_load(path, &connection);
	token = steal(&connection.token);
	connection.token_file = string_copy(token_path);
	write_text(token_path, token);
	fixture_open_connection(&fixture, &connection, NULL);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "a token file");
	write_text(token_path, "stale");
	fixture_close(&fixture, "token file");

	fixture_load(path, &connection);
	free(steal(&connection.token));
	connection.token_file = string_copy(token_path);
	fixture_open_connection(&fixture, &connection, NULL);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 401, ERROR_REFUSED, "a stale token file: REFUSED");
	write_text(token_path, token);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "its replacement is read at once after a 401");
	fixture_close(&fixture, "token file replaced");
	remove(token_path);
}

static void test_viewer(const struct cluster *cluster)
{
	struct fixture fixture;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	open_as(&fixture, cluster, "kubeconfig-viewer");
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 403, ERROR_REFUSED, "no rights: REFUSED");
	expect(strstr(outcome_text(&outcome), "configmaps") != NULL, "its error names what is forbidden", "%s",
	       outcome_text(&outcome));
	fixture_close(&fixture, "viewer");
}

static void test_certificate(const struct cluster *cluster)
{
	struct fixture fixture;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	open_as(&fixture, cluster, "kubeconfig-certificate");
	for (int i = 0; i < 3; i++)
		ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "a client certificate");
	expect(client_counters(fixture.client)->connections == 1, "its connection is kept", "%llu connections",
	       (unsigned long long)client_counters(fixture.client)->connections);
	fixture_close(&fixture, "client certificate");
}

/* With an authority that did not sign the server's certificate, with the system's, and by another name. */
static void test_trust(const struct cluster *cluster)
{
	struct fixture fixture;
	struct connection connection;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };
	cleanup(free) char *path = cluster_file_new(cluster, "kubeconfig");

	fixture_load(path, &connection);
	free(steal(&connection.ca_pem));
	fixture_open_connection(&fixture, &connection, NULL);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect(outcome.err.code == ERROR_UNAVAILABLE && strstr(outcome.err.message, "is not trusted"),
	       "an unknown authority is not trusted", "%s", outcome_text(&outcome));
	expect(client_counters(fixture.client)->requests == 1, "and not tried again", "%llu requests",
	       (unsigned long long)client_counters(fixture.client)->requests);
	fixture_close(&fixture, "unknown authority");

	fixture_load(path, &connection);
	free(connection.tls_server_name);
	connection.tls_server_name = string_copy("not.the.server");
	fixture_open_connection(&fixture, &connection, NULL);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect(outcome.err.code == ERROR_UNAVAILABLE && strstr(outcome.err.message, "is not trusted"),
	       "tls-server-name is held against the certificate", "%s", outcome_text(&outcome));
	fixture_close(&fixture, "wrong server name");

	fixture_load(path, &connection);
	free(connection.tls_server_name);
	connection.tls_server_name = string_copy("localhost");
	fixture_open_connection(&fixture, &connection, NULL);
	ask(&fixture, CLIENT_GET, MAPS, NULL, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "tls-server-name that the certificate has");
	fixture_close(&fixture, "server name");
}

void test_identity(const struct cluster *cluster)
{
	test_wrong_token(cluster);
	test_token_file(cluster);
	test_viewer(cluster);
	test_certificate(cluster);
	test_trust(cluster);
}
