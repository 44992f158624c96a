/* The client against a real API server. Usage: test_client CLUSTER-DIRECTORY APISERVER-COMMAND; see the script
 * `client` beside this file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "tests/integration/fixture.h"
#include "tests/integration/test_client_identity.h"

#define NAMESPACE "labsync-client-test"
#define MAPS "/api/v1/namespaces/" NAMESPACE "/configmaps"

enum { MANY = 1200, DURING_OUTAGE = 200 };

static void make_namespace(const struct cluster *cluster)
{
	struct fixture fixture;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	open_as(&fixture, cluster, "kubeconfig");
	ask(&fixture, CLIENT_POST, "/api/v1/namespaces",
	    "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" NAMESPACE "\"}}", &outcome);
	expect(outcome.status == 201 || outcome.status == 409, "the namespace is there", "HTTP %ld: %s",
	       outcome.status, outcome_text(&outcome));
	fixture_close(&fixture, "namespace");
}

static void test_verbs(const struct cluster *cluster)
{
	struct fixture fixture;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };
	static const char body[] = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"one\"},"
				   "\"data\":{\"a\":\"1\",\"b\":\"2\"}}";

	open_as(&fixture, cluster, "kubeconfig");
	ask(&fixture, CLIENT_DELETE, MAPS "/one", NULL, &outcome);
	ask(&fixture, CLIENT_POST, MAPS "?fieldManager=labsync&dryRun=All", body, &outcome);
	expect_status(&outcome, 201, ERROR_NONE, "a dry run is accepted");
	expect(client_counters(fixture.client)->writes == 1, "a dry run does not count as a write", "%llu writes",
	       (unsigned long long)client_counters(fixture.client)->writes);
	ask(&fixture, CLIENT_GET, MAPS "/one", NULL, &outcome);
	expect_status(&outcome, 404, ERROR_NOT_FOUND, "GET of what is not there: NOT_FOUND");
	ask(&fixture, CLIENT_POST, MAPS "?fieldManager=labsync", body, &outcome);
	expect_status(&outcome, 201, ERROR_NONE, "POST creates");
	ask(&fixture, CLIENT_POST, MAPS, body, &outcome);
	expect_status(&outcome, 409, ERROR_CONFLICT, "POST of what exists: CONFLICT");
	ask(&fixture, CLIENT_PATCH_MERGE, MAPS "/one", "{\"data\":{\"a\":null,\"c\":\"3\"}}", &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "PATCH merges");
	expect(json_object_size(json_at(outcome.body, "data", NULL)) == 2 &&
		       text_equal(json_text_at(outcome.body, "data", "c", NULL), "3"),
	       "PATCH with null removes", "data differs");
	ask(&fixture, CLIENT_PATCH_MERGE, MAPS "/one", "{\"metadata\":{\"resourceVersion\":\"1\"}}", &outcome);
	expect_status(&outcome, 409, ERROR_CONFLICT, "PATCH with an old resourceVersion: CONFLICT");
	ask(&fixture, CLIENT_PUT, MAPS "/one", body, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "PUT replaces");
	ask(&fixture, CLIENT_DELETE, MAPS "/one",
	    "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\"no\"}}", &outcome);
	expect_status(&outcome, 409, ERROR_CONFLICT, "DELETE with another UID: CONFLICT");
	ask(&fixture, CLIENT_DELETE, MAPS "/one", NULL, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "DELETE without a body");
	fixture_close(&fixture, "verbs");
}

static void test_refusals(const struct cluster *cluster)
{
	struct fixture fixture;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	open_as(&fixture, cluster, "kubeconfig");
	ask(&fixture, CLIENT_POST, MAPS,
	    "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"Not_A_Name\"}}", &outcome);
	expect_status(&outcome, 422, ERROR_INVALID, "a bad name: INVALID");
	expect(strstr(outcome_text(&outcome), "metadata.name") != NULL, "the error names the field", "%s",
	       outcome_text(&outcome));
	ask(&fixture, CLIENT_POST, "/api/v1/namespaces/" NAMESPACE "/secrets",
	    "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},"
	    "\"data\":{\"password\":\"hunter2-is-no-base64\"}}",
	    &outcome);
	expect_status(&outcome, 400, ERROR_INVALID, "a Secret that is not base64: INVALID");
	expect(strstr(outcome_text(&outcome), "hunter2") == NULL, "the error does not quote the secret", "%s",
	       outcome_text(&outcome));
	ask(&fixture, CLIENT_GET, "/readyz", NULL, &outcome);
	expect(outcome.status == 200 && outcome.body == NULL && outcome.err.code == ERROR_NONE,
	       "an answer that is no JSON has no body", "HTTP %ld", outcome.status);
	fixture_close(&fixture, "refusals");
}

struct crowd { /* many calls at once */
	unsigned answered, good, conflicts;
	struct error first; /* of those that are neither */
};

static void on_crowd_answer(void *data, const struct client_response *response, const struct error *err)
{
	struct crowd *crowd = data;

	(void)response;
	crowd->answered++;
	if (err == NULL)
		crowd->good++;
	else if (err->code == ERROR_CONFLICT)
		crowd->conflicts++;
	else if (crowd->first.code == ERROR_NONE)
		error_copy(&crowd->first, err);
}

static void create_many(struct fixture *fixture, struct crowd *crowd, const char *prefix, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		cleanup(free) char *name = string_format("%s-%04u", prefix, i);
		cleanup(json) json_t *body = config_map_build(name);
		struct client_request request = { .method = CLIENT_POST, .path = MAPS, .body = body };

		client_send(fixture->client, &request, on_crowd_answer, crowd);
	}
}

struct listing {
	struct outcome outcome;
	unsigned items, restarts;
	struct client_call *call; /* cancelled at the first item when set */
};

static void on_item(void *data, json_t *item)
{
	struct listing *listing = data;

	if (text_starts_with(json_text_at(item, "metadata", "name", NULL), "many-"))
		listing->items++;
	if (listing->call)
		client_cancel(steal(&listing->call));
}

static void on_restart(void *data)
{
	struct listing *listing = data;

	listing->items = 0;
	listing->restarts++;
}

static void on_listed(void *data, const struct client_response *response, const struct error *err)
{
	struct listing *listing = data;

	outcome_take(&listing->outcome, response, err);
}

static const struct client_list_handlers listing_handlers = { .on_item = on_item,
							      .on_restart = on_restart,
							      .callback = on_listed };

static void list_many(struct fixture *fixture)
{
	struct listing listing = { .items = 0 };
	uint64_t before = client_counters(fixture->client)->requests;

	client_list(fixture->client, MAPS "?labelSelector=", &listing_handlers, &listing);
	run_until(fixture, &listing.outcome.calls, 1);
	expect(listing.items == MANY && listing.outcome.err.code == ERROR_NONE, "LIST gives every item once",
	       "%u items: %s", listing.items, outcome_text(&listing.outcome));
	expect(client_counters(fixture->client)->requests - before == 3, "in three pages", "%llu requests",
	       (unsigned long long)(client_counters(fixture->client)->requests - before));
	outcome_clear(&listing.outcome);

	listing = (struct listing){ .items = 0 };
	listing.call = client_list(fixture->client, MAPS, &listing_handlers, &listing);
	run_until(fixture, &listing.outcome.calls, 1);
	expect(listing.items <= 1 && listing.outcome.err.code == ERROR_CANCELLED,
	       "a LIST can be cancelled from its own handler", "%u items: %s", listing.items,
	       outcome_text(&listing.outcome));
	outcome_clear(&listing.outcome);
}

static void test_many(const struct cluster *cluster)
{
	struct fixture fixture;
	struct crowd crowd = { .answered = 0 };
	cleanup(outcome) struct outcome outcome = { .calls = 0 };
	uint64_t started = time_monotonic_ms();

	open_as(&fixture, cluster, "kubeconfig");
	ask(&fixture, CLIENT_DELETE, MAPS, NULL, &outcome);
	create_many(&fixture, &crowd, "many", MANY);
	run_until(&fixture, &crowd.answered, MANY);
	expect(crowd.good == MANY, "1,200 ConfigMaps are created", "%u of them: %s", crowd.good, crowd.first.message);
	printf("# in %llu ms\n", (unsigned long long)(time_monotonic_ms() - started));
	list_many(&fixture);
	expect(client_counters(fixture.client)->connections == 1, "one connection carries it all", "%llu connections",
	       (unsigned long long)client_counters(fixture.client)->connections);
	ask(&fixture, CLIENT_DELETE, MAPS, NULL, &outcome);
	error_deinit(&crowd.first);
	fixture_close(&fixture, "many");
}

static void run_command(uv_loop_t *loop, const struct cluster *cluster, const char *verb, uv_process_t *process,
			uv_exit_cb on_exited)
{
	char *arguments[] = { (char *)cluster->apiserver, (char *)verb, (char *)cluster->directory, NULL };
	uv_process_options_t options = { .exit_cb = on_exited, .file = cluster->apiserver, .args = arguments };

	if (uv_spawn(loop, process, &options) < 0) {
		fprintf(stderr, "cannot run %s\n", cluster->apiserver);
		exit(1);
	}
}

static void on_started(uv_process_t *process, int64_t status, int signal)
{
	expect(status == 0 && signal == 0, "the API server is back", "exit code %d", (int)status);
	uv_close((uv_handle_t *)process, NULL);
}

struct outage {
	const struct cluster *cluster;
	uv_process_t stop, start;
};

static void on_stopped(uv_process_t *process, int64_t status, int signal)
{
	struct outage *outage = process->data;

	expect(status == 0 && signal == 0, "the API server is gone", "exit code %d", (int)status);
	run_command(process->loop, outage->cluster, "start", &outage->start, on_started);
	uv_close((uv_handle_t *)process, NULL);
}

/* The server goes while requests are in flight, and comes back: all of them succeed in the end. A POST whose
 * answer was lost meets itself as a conflict. */
static void test_outage(const struct cluster *cluster)
{
	struct fixture fixture;
	struct outage outage = { .cluster = cluster };
	struct crowd crowd = { .answered = 0 };
	const struct client_counters *counters;
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	open_as(&fixture, cluster, "kubeconfig");
	counters = client_counters(fixture.client);
	outage.stop.data = &outage;
	run_command(&fixture.loop, cluster, "stop", &outage.stop, on_stopped);
	for (unsigned round = 0; crowd.answered == round * DURING_OUTAGE && counters->retries == 0; round++) {
		cleanup(free) char *prefix = string_format("outage-%u", round);

		create_many(&fixture, &crowd, prefix, DURING_OUTAGE);
		while (crowd.answered < (round + 1) * DURING_OUTAGE && uv_run(&fixture.loop, UV_RUN_ONCE))
			;
	}
	expect(counters->retries > 0, "the outage was noticed", "no retries");
	expect(crowd.good + crowd.conflicts == crowd.answered && crowd.good > 0, "an outage is outlasted",
	       "%u good, %u conflicts of %u: %s", crowd.good, crowd.conflicts, crowd.answered,
	       crowd.first.message ? crowd.first.message : "");
	printf("# %u sent, %u met themselves, %llu retries\n", crowd.answered, crowd.conflicts,
	       (unsigned long long)counters->retries);
	ask(&fixture, CLIENT_DELETE, MAPS, NULL, &outcome);
	expect_status(&outcome, 200, ERROR_NONE, "the client goes on after an outage");
	error_deinit(&crowd.first);
	fixture_close(&fixture, "outage");
}

static void test_cancel(const struct cluster *cluster)
{
	struct fixture fixture;
	cleanup(outcome) struct outcome queued = { .calls = 0 }, sent = { .calls = 0 }, after = { .calls = 0 };
	struct client_request request = { .method = CLIENT_GET, .path = MAPS };
	struct client_call *call;

	open_as(&fixture, cluster, "kubeconfig");
	call = client_send(fixture.client, &request, outcome_take, &queued);
	client_cancel(call);
	client_cancel(call);
	expect(queued.calls == 0, "cancelling calls back later", "%u calls", queued.calls);
	call = client_send(fixture.client, &request, outcome_take, &sent);
	while (client_counters(fixture.client)->requests == 0)
		uv_run(&fixture.loop, UV_RUN_ONCE);
	client_cancel(call);
	run_until(&fixture, &sent.calls, 1);
	expect_status(&queued, 0, ERROR_CANCELLED, "a queued call can be cancelled");
	expect_status(&sent, 0, ERROR_CANCELLED, "a sent call can be cancelled");
	ask(&fixture, CLIENT_GET, MAPS, NULL, &after);
	expect_status(&after, 200, ERROR_NONE, "others go on");
	fixture_close(&fixture, "cancel");
}

static void on_none(void *data)
{
	(*(unsigned *)data)++;
}

static void test_close(const struct cluster *cluster)
{
	struct fixture fixture;
	struct crowd crowd = { .answered = 0 };
	unsigned closed = 0;

	open_as(&fixture, cluster, "kubeconfig");
	create_many(&fixture, &crowd, "close", 100);
	while (client_counters(fixture.client)->requests < 8)
		uv_run(&fixture.loop, UV_RUN_ONCE);
	client_close(steal(&fixture.client), on_none, &closed);
	expect(crowd.answered < 100 && closed == 0, "closing calls back later", "%u answers", crowd.answered);
	uv_run(&fixture.loop, UV_RUN_DEFAULT);
	expect(crowd.answered == 100 && crowd.first.code == ERROR_CANCELLED && closed == 1,
	       "closing cancels what is in flight", "%u answers, closed %u times", crowd.answered, closed);
	error_deinit(&crowd.first);
	fixture_close(&fixture, "close with calls in flight");
}

int main(int argc, char **argv)
{
	struct cluster cluster = { .directory = argc > 1 ? argv[1] : NULL, .apiserver = argc > 2 ? argv[2] : NULL };

	if (argc != 3) {
		fputs("usage: test_client CLUSTER-DIRECTORY APISERVER-COMMAND\n", stderr);
		return 2;
	}
	make_namespace(&cluster);
	test_verbs(&cluster);
	test_refusals(&cluster);
	test_many(&cluster);
	test_cancel(&cluster);
	test_close(&cluster);
	test_identity(&cluster);
	test_outage(&cluster);
	return report();
}
