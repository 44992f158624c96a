/* This executable is its own helper when it is started as one. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "sync/git/remote.h"
#include "tests/unit/git/fixture.h"
#include "tests/unit/suite.h"

#define NOTES "refs/notes/labsync/lab-a"

enum { PATIENCE_MS = 60 * 1000 };

struct outcome {
	unsigned int calls;
	bool succeeded;
	struct remote_answer answer;
	struct error err;
};

static void outcome_cleanup(struct outcome *outcome)
{
	error_deinit(&outcome->err);
}

static void on_done(void *data, const struct remote_answer *answer, const struct error *err)
{
	struct outcome *outcome = data;

	outcome->calls++;
	outcome->succeeded = err == NULL;
	if (answer)
		outcome->answer = *answer;
	if (err)
		error_copy(&outcome->err, err);
}

/* A folder with the remote "remote.git" and the local directories "a" and "b". */
static struct remote_settings settings_for(const char *folder, const char *local, uint64_t timeout_ms)
{
	return (struct remote_settings){ .url = string_format("file://%s/remote.git", folder),
					 .branch = string_copy("main"),
					 .directory = string_format("%s/%s", folder, local),
					 .timeout_ms = timeout_ms };
}

static void remote_settings_cleanup(struct remote_settings *settings)
{
	remote_settings_deinit(settings);
}

enum operation_kind { FETCH, PUSH };

static void run(const char *program, enum operation_kind kind, const struct remote_settings *settings,
		struct outcome *outcome)
{
	cleanup(error) struct error err = ERROR_INIT;
	struct remote_operation *operation;
	uv_loop_t loop;

	uv_loop_init(&loop);
	operation = kind == FETCH ? remote_fetch(&loop, program, settings, NOTES, on_done, outcome, &err)
				  : remote_push_notes(&loop, program, settings, NOTES, on_done, outcome, &err);
	ck_assert_msg(operation != NULL, "%s", err.message);
	ck_assert_uint_eq(outcome->calls, 0);
	uv_run(&loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&loop), 0);
	ck_assert_uint_eq(outcome->calls, 1);
}

static void make_remote(const char *folder)
{
	fixture_run(folder, "git init -q -b main w; cd w; echo a > a.yaml; git add .; git commit -q -m one; cd ..; "
			    "git clone -q --bare w remote.git");
}

static void expect_success(const struct outcome *outcome)
{
	ck_assert_msg(outcome->succeeded, "%s", outcome->err.message);
}

static void expect_failure(const struct outcome *outcome, const char *name, enum error_code code, const char *part)
{
	ck_assert_msg(!outcome->succeeded, "%s: it succeeded", name);
	ck_assert_msg(outcome->err.code == code && strstr(outcome->err.message, part), "%s: code %d, \"%s\"", name,
		      (int)outcome->err.code, outcome->err.message);
}

static void fetch(const char *folder, const char *local, struct outcome *outcome)
{
	cleanup(remote_settings) struct remote_settings settings = settings_for(folder, local, PATIENCE_MS);

	run(NULL, FETCH, &settings, outcome);
}

static void push(const char *folder, const char *local, struct outcome *outcome)
{
	cleanup(remote_settings) struct remote_settings settings = settings_for(folder, local, PATIENCE_MS);

	run(NULL, PUSH, &settings, outcome);
}

static void write_note(const char *folder, const char *local, const char *commit, const char *text)
{
	cleanup(free) char *directory = string_format("%s/%s", folder, local);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(repository) struct repository *repository = repository_open(directory, &err);

	ck_assert_msg(repository && repository_write_note(repository, NOTES, commit, text, &err), "%s", err.message);
}

START_TEST(fetches_and_fetches_again)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(outcome) struct outcome first = { .calls = 0 }, second = { .calls = 0 }, third = { .calls = 0 };
	cleanup(free) char *head = NULL, *packs = NULL, *moved = NULL;

	make_remote(folder);
	head = fixture_output_new(folder, "git -C remote.git rev-parse main");
	fetch(folder, "a", &first);
	expect_success(&first);
	ck_assert_str_eq(first.answer.commit, head);
	ck_assert(!first.answer.branch_missing);
	fixture_run(folder, "test $(git -C a rev-parse " REMOTE_HEAD_REFERENCE ") = %s; git -C a fsck >&2", head);
	packs = fixture_output_new(folder, "ls a/objects/pack | sort | md5sum");
	fetch(folder, "a", &second);
	expect_success(&second);
	fixture_run(folder, "test \"$(ls a/objects/pack | sort | md5sum)\" = '%s'", packs);
	fixture_run(folder, "cd w; git commit -q --amend -m rewritten; git push -q -f ../remote.git main");
	moved = fixture_output_new(folder, "git -C remote.git rev-parse main");
	fetch(folder, "a", &third);
	expect_success(&third);
	ck_assert_str_eq(third.answer.commit, moved);
}
END_TEST

static const struct damage {
	const char *name, *script;
} damages[] = {
	{ "empty head", ": > a/" REMOTE_HEAD_REFERENCE },
	{ "garbage in head", "echo garbage > a/" REMOTE_HEAD_REFERENCE },
	{ "head of nothing", "echo 0123456789012345678901234567890123456789 > a/" REMOTE_HEAD_REFERENCE },
	{ "stray lock", "touch a/objects/pack/tmp_pack_1" },
};

/* What a crash leaves behind is mended by the next fetch, or named so that the caller can delete it. */
START_TEST(mends_or_names_damage)
{
	for (size_t i = 0; i < ARRAY_SIZE(damages); i++) {
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(outcome) struct outcome first = { .calls = 0 }, second = { .calls = 0 };

		make_remote(folder);
		fetch(folder, "a", &first);
		expect_success(&first);
		fixture_run(folder, "%s", damages[i].script);
		fetch(folder, "a", &second);
		ck_assert_msg(second.succeeded ? strcmp(first.answer.commit, second.answer.commit) == 0
					       : second.err.code == ERROR_INVALID,
			      "%s: %s", damages[i].name,
			      second.succeeded ? second.answer.commit : second.err.message);
	}
}
END_TEST

START_TEST(says_which_branch_is_there)
{
	static const struct {
		const char *name, *script, *branch;
		bool missing;
	} cases[] = {
		{ "HEAD", "true", NULL, false },
		{ "another branch", "git -C remote.git branch next main", "next", false },
		{ "a full name", "git -C remote.git update-ref refs/pull/1/head main", "refs/pull/1/head", false },
		{ "a tag object", "git -C w tag -a -m t v1; git -C w push -q ../remote.git v1", "refs/tags/v1",
		  false },
		{ "no such branch", "true", "nowhere", true },
		{ "empty remote", "rm -r remote.git; git init -q --bare remote.git", "main", true },
		{ "empty remote, HEAD", "rm -r remote.git; git init -q --bare remote.git", NULL, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(outcome) struct outcome outcome = { .calls = 0 };
		cleanup(remote_settings) struct remote_settings settings = settings_for(folder, "a", PATIENCE_MS);

		make_remote(folder);
		fixture_run(folder, "%s", cases[i].script);
		free(settings.branch);
		settings.branch = string_copy(cases[i].branch);
		run(NULL, FETCH, &settings, &outcome);
		ck_assert_msg(outcome.succeeded, "%s: %s", cases[i].name, outcome.err.message);
		ck_assert_msg(outcome.answer.branch_missing == cases[i].missing, "%s", cases[i].name);
		ck_assert_msg(strlen(outcome.answer.commit) == (cases[i].missing ? 0 : 40), "%s: \"%s\"",
			      cases[i].name, outcome.answer.commit);
	}
}
END_TEST

static const struct refusal {
	const char *name, *script, *url, *branch; /* url NULL: the file remote */
	enum error_code code;
	const char *part;
} refusals[] = {
	{ "no repository", "rm -r remote.git", NULL, "main", ERROR_NOT_FOUND, "remote.git" },
	{ "SHA-256", "rm -r remote.git; git init -q --bare --object-format=sha256 remote.git", NULL, "main",
	  ERROR_INVALID, "SHA-256" },
	{ "broken local repository", "git init -q --bare a; rm a/HEAD", NULL, "main", ERROR_INVALID, "broken" },
	{ "foreign local folder", "mkdir a; echo x > a/thesis", NULL, "main", ERROR_REFUSED, "empty directory" },
	{ "branch is no name", "true", NULL, "a..b", ERROR_INVALID, "branch" },
	{ "branch is a pattern", "true", NULL, "*", ERROR_INVALID, "branch" },
	{ "git://", "true", "git://localhost/x.git", "main", ERROR_INVALID, "scheme" },
	{ "ftp://", "true", "ftp://localhost/x.git", "main", ERROR_INVALID, "scheme" },
	{ "relative path", "true", "labs.git", "main", ERROR_INVALID, "absolute path" },
	{ "password in URL", "true", "https://me:s3cret@localhost/x.git", "main", ERROR_INVALID, "passwordFile" },
	{ "http elsewhere", "true", "http://git.example.org/x.git", "main", ERROR_INVALID, "https://" },
	{ "http to a name like loopback", "true", "http://127.example.org/x.git", "main", ERROR_INVALID, "https://" },
	{ "nobody listens", "true", "http://127.0.0.1:1/x.git", "main", ERROR_UNAVAILABLE, "connect" },
	{ "host is an option", "true", "ssh://-oProxyCommand=x/y", "main", ERROR_INVALID, "host" },
	{ "no known_hosts", "true", "git@localhost:x.git", "main", ERROR_REFUSED, "ssh-keyscan" },
};

START_TEST(refuses_with_reasons)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(outcome) struct outcome outcome = { .calls = 0 };
		cleanup(remote_settings) struct remote_settings settings = settings_for(folder, "a", PATIENCE_MS);

		make_remote(folder);
		fixture_run(folder, "%s", refusals[i].script);
		free(settings.branch);
		settings.branch = string_copy(refusals[i].branch);
		settings.ssh_known_hosts_file = string_format("%s/none", folder);
		if (refusals[i].url) {
			free(settings.url);
			settings.url = string_copy(refusals[i].url);
		}
		run(NULL, FETCH, &settings, &outcome);
		expect_failure(&outcome, refusals[i].name, refusals[i].code, refusals[i].part);
		ck_assert_msg(!strstr(outcome.err.message, "s3cret"), "%s: %s", refusals[i].name,
			      outcome.err.message);
	}
}
END_TEST

START_TEST(pushes_notes_and_merges_the_others)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *first = NULL, *second = NULL, *shown = NULL;
	struct outcome outcomes[6] = { { .calls = 0 } };

	make_remote(folder);
	fixture_run(folder, "cd w; git commit -q --allow-empty -m two; git push -q ../remote.git main");
	first = fixture_output_new(folder, "git -C remote.git rev-parse main");
	second = fixture_output_new(folder, "git -C remote.git rev-parse main~1");
	fetch(folder, "a", &outcomes[0]);
	fetch(folder, "b", &outcomes[1]);
	write_note(folder, "a", first, "from a");
	write_note(folder, "b", second, "from b");
	push(folder, "a", &outcomes[2]);
	push(folder, "b", &outcomes[3]); /* b does not know of a's */
	push(folder, "b", &outcomes[4]); /* nothing new */
	fetch(folder, "a", &outcomes[5]);
	for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++) {
		expect_success(&outcomes[i]);
		outcome_cleanup(&outcomes[i]);
	}
	fixture_run(folder, "test \"$(git -C a rev-parse %s)\" = \"$(git -C b rev-parse %s)\"", NOTES, NOTES);
	shown = fixture_output_new(folder,
				   "cd remote.git; git fsck --strict >&2; echo $(git notes --ref=%s show %s) "
				   "$(git notes --ref=%s show %s)",
				   NOTES, first, NOTES, second);
	ck_assert_str_eq(shown, "from a from b");
}
END_TEST

START_TEST(pushes_nothing_when_nothing_was_written)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	make_remote(folder);
	push(folder, "a", &outcome);
	expect_success(&outcome);
	fixture_run(folder, "test -z \"$(git -C remote.git for-each-ref refs/notes)\"");
}
END_TEST

enum { RACERS = 4, ROUNDS = 3 };

/* Several pushers at once, each with a note of its own: all notes arrive. */
START_TEST(loses_nothing_in_a_race)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *count = NULL;

	make_remote(folder);
	fixture_run(folder,
		    "cd w; for i in $(seq %d); do git commit -q --allow-empty -m $i; done; "
		    "git push -q ../remote.git main",
		    RACERS * ROUNDS);
	for (size_t round = 0; round < ROUNDS; round++) {
		struct outcome outcomes[RACERS] = { { .calls = 0 } };
		uv_loop_t loop;

		uv_loop_init(&loop);
		for (size_t i = 0; i < RACERS; i++) {
			cleanup(free) char *local = string_format("racer%zu", i);
			cleanup(free) char *commit =
				fixture_output_new(folder, "git -C w rev-parse main~%zu", round * RACERS + i);
			cleanup(remote_settings) struct remote_settings settings =
				settings_for(folder, local, PATIENCE_MS);
			cleanup(error) struct error err = ERROR_INIT;

			write_note(folder, local, commit, "x");
			ck_assert_ptr_nonnull(
				remote_push_notes(&loop, NULL, &settings, NOTES, on_done, &outcomes[i], &err));
		}
		uv_run(&loop, UV_RUN_DEFAULT);
		ck_assert_int_eq(uv_loop_close(&loop), 0);
		for (size_t i = 0; i < RACERS; i++) {
			expect_success(&outcomes[i]);
			outcome_cleanup(&outcomes[i]);
		}
	}
	count = fixture_output_new(folder, "cd remote.git; git notes --ref=%s list | wc -l", NOTES);
	ck_assert_int_eq(atoi(count), RACERS * ROUNDS);
}
END_TEST

static char *program_new(const char *folder, const char *script)
{
	cleanup(free) char *text = string_format("#!/bin/sh\n%s\n", script);
	char *path = string_format("%s/program", folder);

	fixture_write(folder, "program", text);
	ck_assert_int_eq(chmod(path, 0700), 0);
	return path;
}

static const struct misbehaviour {
	const char *name, *script;
	uint64_t timeout_ms;
	enum error_code code;
	const char *part;
} misbehaviours[] = {
	{ "hangs", "sleep 600", 300, ERROR_TIMEOUT, "no end after" },
	{ "hangs behind its back", "sleep 600 & exit 0", 300, ERROR_TIMEOUT, "no end after" },
	{ "hangs after the answer", "echo '{\"commit\":\"\",\"branchMissing\":true}'; sleep 600", 300, ERROR_TIMEOUT,
	  "no end after" },
	{ "says nothing", "exit 7", PATIENCE_MS, ERROR_SYSTEM, "exit code 7" },
	{ "complains", "echo 'no \033[1mroom\033[0m' >&2; exit 1", PATIENCE_MS, ERROR_SYSTEM, "no ?[1mroom?[0m" },
	{ "complains at length", "yes complaint | head -c 1000000 >&2; echo last >&2; exit 1", PATIENCE_MS,
	  ERROR_SYSTEM, "last" },
	{ "dies", "kill -SEGV $$", PATIENCE_MS, ERROR_SYSTEM, "signal 11" },
	{ "answers garbage", "echo '<html>'", PATIENCE_MS, ERROR_SYSTEM, "not JSON" },
	{ "answers half", "echo '{\"commit\":\"0123'", PATIENCE_MS, ERROR_SYSTEM, "not JSON" },
	{ "answers a list", "echo '[]'", PATIENCE_MS, ERROR_SYSTEM, "makes no sense" },
	{ "answers no commit", "echo '{\"commit\":\"../../etc/passwd\",\"branchMissing\":false}'", PATIENCE_MS,
	  ERROR_SYSTEM, "makes no sense" },
	{ "answers an unknown error", "echo '{\"error\":{\"code\":\"bored\",\"message\":\"x\"}}'", PATIENCE_MS,
	  ERROR_SYSTEM, "without saying how" },
	{ "answers an error", "echo '{\"error\":{\"code\":\"refused\",\"message\":\"go away\"}}'; exit 1",
	  PATIENCE_MS, ERROR_REFUSED, "go away" },
	{ "answers without end", "yes", PATIENCE_MS, ERROR_LIMIT, "1 MiB" },
};

START_TEST(survives_a_helper_that_misbehaves)
{
	for (size_t i = 0; i < ARRAY_SIZE(misbehaviours); i++) {
		const struct misbehaviour *one = &misbehaviours[i];
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(free) char *program = program_new(folder, one->script);
		cleanup(remote_settings) struct remote_settings settings = settings_for(folder, "a", one->timeout_ms);
		cleanup(outcome) struct outcome outcome = { .calls = 0 };
		uint64_t start = time_monotonic_ms();

		run(program, FETCH, &settings, &outcome);
		expect_failure(&outcome, one->name, one->code, one->part);
		ck_assert_msg(time_monotonic_ms() - start < 20 * 1000, "%s: took too long", one->name);
		ck_assert_msg(strlen(outcome.err.message) < 4096, "%s: a message of %zu bytes", one->name,
			      strlen(outcome.err.message));
	}
}
END_TEST

START_TEST(kills_what_the_helper_started)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *script = string_format("sleep 600 & echo $! > %s/pid; wait", folder);
	cleanup(free) char *program = program_new(folder, script);
	cleanup(remote_settings) struct remote_settings settings = settings_for(folder, "a", 500);
	cleanup(outcome) struct outcome outcome = { .calls = 0 };

	run(program, FETCH, &settings, &outcome);
	ck_assert_int_eq(outcome.err.code, ERROR_TIMEOUT);
	/* Gone, or a zombie that nobody has collected yet. */
	fixture_run(folder, "p=$(cat pid); for i in 1 2 3 4 5 6 7 8 9 10; do test -d /proc/$p || exit 0; "
			    "case $(cut -d' ' -f3 /proc/$p/stat) in Z) exit 0;; esac; sleep 0.1; done; exit 1");
}
END_TEST

static void on_time(uv_timer_t *timer)
{
	remote_cancel(timer->data);
	uv_close((uv_handle_t *)timer, NULL);
}

START_TEST(can_be_cancelled)
{
	static const uint64_t delays[] = { 0, 100 };

	for (size_t i = 0; i < ARRAY_SIZE(delays); i++) {
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(free) char *program = program_new(folder, "sleep 600");
		cleanup(remote_settings) struct remote_settings settings = settings_for(folder, "a", PATIENCE_MS);
		cleanup(outcome) struct outcome outcome = { .calls = 0 };
		cleanup(error) struct error err = ERROR_INIT;
		uv_loop_t loop;
		uv_timer_t timer;

		uv_loop_init(&loop);
		uv_timer_init(&loop, &timer);
		timer.data = remote_fetch(&loop, program, &settings, NULL, on_done, &outcome, &err);
		ck_assert_msg(timer.data != NULL, "%s", err.message);
		uv_timer_start(&timer, on_time, delays[i], 0);
		uv_run(&loop, UV_RUN_DEFAULT);
		ck_assert_int_eq(uv_loop_close(&loop), 0);
		ck_assert_uint_eq(outcome.calls, 1);
		expect_failure(&outcome, "cancelled", ERROR_CANCELLED, "cancelled");
	}
}
END_TEST

START_TEST(says_when_the_program_does_not_start)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(remote_settings) struct remote_settings settings = settings_for(folder, "a", PATIENCE_MS);
	cleanup(outcome) struct outcome outcome = { .calls = 0 };
	cleanup(error) struct error err = ERROR_INIT;
	uv_loop_t loop;

	uv_loop_init(&loop);
	ck_assert_ptr_null(remote_fetch(&loop, "/nowhere/labsync", &settings, NULL, on_done, &outcome, &err));
	ck_assert_msg(err.code == ERROR_SYSTEM && strstr(err.message, "/nowhere/labsync"), "%s", err.message);
	uv_run(&loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&loop), 0);
	ck_assert_uint_eq(outcome.calls, 0);
}
END_TEST

int main(int count, char **arguments)
{
	const TTest *tests[] = { fetches_and_fetches_again,
				 mends_or_names_damage,
				 says_which_branch_is_there,
				 refuses_with_reasons,
				 pushes_notes_and_merges_the_others,
				 pushes_nothing_when_nothing_was_written,
				 loses_nothing_in_a_race,
				 survives_a_helper_that_misbehaves,
				 kills_what_the_helper_started,
				 can_be_cancelled,
				 says_when_the_program_does_not_start };

	if (count > 1 && strcmp(arguments[1], "git-helper") == 0)
		return remote_helper_main();
	return suite_run("remote", tests, ARRAY_SIZE(tests));
}
