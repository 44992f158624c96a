#include "daemon/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/text.h"
#include "tests/unit/suite.h"

#define CLUSTER "cluster: {name: lab-a}\n"
#define SOURCE "sources:\n- name: labs\n  url: /srv/git/labs.git\n"
#define LEAST CLUSTER SOURCE

static const char path[] = "/etc/labsync/labsync.yaml";

static char *diagnostics_text_new(const struct diagnostics *diagnostics)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < diagnostics->count; i++) {
		diagnostic_write(&diagnostics->items[i], &text);
		buffer_append_char(&text, '\n');
	}
	return buffer_steal(&text);
}

static void parse(const char *text, struct daemon_settings *settings)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	bool parsed = settings_parse(path, text, strlen(text), settings, &diagnostics);
	cleanup(free) char *said = diagnostics_text_new(&diagnostics);

	ck_assert_msg(parsed && diagnostics.count == 0, "%s\n%s", text, said);
}

START_TEST(defaults)
{
	cleanup(settings) struct daemon_settings settings;
	const struct source_settings *source;

	setenv("XDG_CACHE_HOME", "/var/tmp/cache", 1);
	parse(LEAST, &settings);
	ck_assert_str_eq(settings.cluster_name, "lab-a");
	ck_assert_ptr_null(settings.kubeconfig);
	ck_assert_ptr_null(settings.context);
	ck_assert(settings.notes && settings.push_notes && settings.prune);
	ck_assert_uint_eq(settings.guard_percent, 50);
	ck_assert_uint_eq(settings.guard_labs, 3);
	ck_assert_str_eq(settings.cache, "/var/tmp/cache/labsync");
	ck_assert_int_eq(settings.log_level, LOG_INFO);
	ck_assert_int_eq(settings.log_format, LOG_TEXT);
	ck_assert_uint_eq(settings.ready_timeout_ms, 600000);
	ck_assert_uint_eq(settings.fetch_timeout_ms, 120000);
	ck_assert_uint_eq(settings.source_count, 1);
	source = &settings.sources[0];
	ck_assert_str_eq(source->name, "labs");
	ck_assert_str_eq(source->remote.url, "/srv/git/labs.git");
	ck_assert_str_eq(source->remote.directory, "/var/tmp/cache/labsync/labs.git");
	ck_assert_uint_eq(source->remote.timeout_ms, 120000);
	ck_assert_ptr_null(source->remote.branch);
	ck_assert_ptr_null(source->path);
	ck_assert_str_eq(source->namespace_name, "default");
	ck_assert_uint_eq(source->interval_ms, 30000);
	ck_assert_uint_eq(source->resync_ms, 300000);
}
END_TEST

static const struct cache_case {
	const char *xdg, *home, *cache;
} cache_cases[] = {
	{ "/x", "/home/ada", "/x/labsync" },
	{ NULL, "/home/ada", "/home/ada/.cache/labsync" },
	{ "", "/home/ada", "/home/ada/.cache/labsync" },
	{ "not/absolute", "/home/ada", "/home/ada/.cache/labsync" }, /* as the XDG specification wants it */
	{ NULL, NULL, "/var/cache/labsync" },
	{ NULL, "", "/var/cache/labsync" },
};

static void environment_set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

START_TEST(default_caches)
{
	for (size_t i = 0; i < ARRAY_SIZE(cache_cases); i++) {
		cleanup(settings) struct daemon_settings settings;

		environment_set("XDG_CACHE_HOME", cache_cases[i].xdg);
		environment_set("HOME", cache_cases[i].home);
		parse(LEAST, &settings);
		ck_assert_str_eq(settings.cache, cache_cases[i].cache);
	}
	setenv("HOME", "/home/ada", 1);
}
END_TEST

START_TEST(every_key)
{
	cleanup(settings) struct daemon_settings settings;
	const struct remote_settings *remote;

	parse("cluster: {name: lab-a, kubeconfig: /k/config, context: main}\n"
	      "notes: {enabled: false, push: false}\n"
	      "prune: {enabled: false, guard: {percent: 20, labs: 7}}\n"
	      "cache: /c\n"
	      "log: {level: debug, format: json}\n"
	      "timeouts: {ready: 1h, fetch: 1m30s}\n"
	      "sources:\n"
	      "- {name: one, url: 'https://git.example.org/labs.git', branch: main, path: labs/all, namespace: net,\n"
	      "   interval: 500ms, resync: 1d,\n"
	      "   https: {certificateAuthorityFile: /ca.pem, username: labsync, passwordFile: /token}}\n"
	      "- {name: two, url: 'ssh://git@git.example.org/labs.git', ssh: {keyFile: /key, knownHostsFile: "
	      "/hosts}}\n",
	      &settings);
	ck_assert_str_eq(settings.kubeconfig, "/k/config");
	ck_assert_str_eq(settings.context, "main");
	ck_assert(!settings.notes && !settings.push_notes && !settings.prune);
	ck_assert_uint_eq(settings.guard_percent, 20);
	ck_assert_uint_eq(settings.guard_labs, 7);
	ck_assert_str_eq(settings.cache, "/c");
	ck_assert_int_eq(settings.log_level, LOG_DEBUG);
	ck_assert_int_eq(settings.log_format, LOG_JSON);
	ck_assert_uint_eq(settings.ready_timeout_ms, 3600000);
	ck_assert_uint_eq(settings.fetch_timeout_ms, 90000);
	ck_assert_uint_eq(settings.source_count, 2);
	ck_assert_str_eq(settings.sources[0].path, "labs/all");
	ck_assert_str_eq(settings.sources[0].namespace_name, "net");
	ck_assert_uint_eq(settings.sources[0].interval_ms, 500);
	ck_assert_uint_eq(settings.sources[0].resync_ms, 86400000);
	remote = &settings.sources[0].remote;
	ck_assert_str_eq(remote->branch, "main");
	ck_assert_str_eq(remote->https_ca_file, "/ca.pem");
	ck_assert_str_eq(remote->https_username, "labsync");
	ck_assert_str_eq(remote->https_password_file, "/token");
	ck_assert_uint_eq(remote->timeout_ms, 90000);
	remote = &settings.sources[1].remote;
	ck_assert_str_eq(remote->directory, "/c/two.git");
	ck_assert_str_eq(remote->ssh_key_file, "/key");
	ck_assert_str_eq(remote->ssh_known_hosts_file, "/hosts");
}
END_TEST

/* What is there but empty is as if it were not there. */
START_TEST(empty_keys)
{
	cleanup(settings) struct daemon_settings settings;

	parse(LEAST "  branch:\n  ssh:\nnotes:\nprune: {guard: }\ncache:\nlog: ~\n", &settings);
	ck_assert_ptr_null(settings.sources[0].remote.branch);
	ck_assert(settings.notes);
	ck_assert_uint_eq(settings.guard_percent, 50);
}
END_TEST

static const struct file_case {
	const char *configuration, *written, *meant;
} file_cases[] = {
	{ "/etc/labsync/labsync.yaml", "/k", "/k" },
	{ "/etc/labsync/labsync.yaml", "k", "/etc/labsync/k" },
	{ "/etc/labsync/labsync.yaml", "keys/k", "/etc/labsync/keys/k" },
	{ "/etc/labsync/labsync.yaml", "../k", "/etc/labsync/../k" },
	{ "/labsync.yaml", "k", "/k" },
	{ "conf/labsync.yaml", "k", "conf/k" },
	{ "labsync.yaml", "k", "k" },
	{ "/etc/labsync/labsync.yaml", "~/k", "/home/ada/k" },
	{ "/etc/labsync/labsync.yaml", "~bob/k", "/etc/labsync/~bob/k" },
};

START_TEST(files)
{
	setenv("HOME", "/home/ada", 1);
	for (size_t i = 0; i < ARRAY_SIZE(file_cases); i++) {
		const struct file_case *row = &file_cases[i];
		cleanup(free) char *text = string_format(SOURCE "  ssh: {keyFile: %s}\n"
								"cluster: {name: lab-a, kubeconfig: %s}\ncache: %s\n",
							 row->written, row->written, row->written);
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(settings) struct daemon_settings settings;

		ck_assert(settings_parse(row->configuration, text, strlen(text), &settings, &diagnostics));
		ck_assert_str_eq(settings.kubeconfig, row->meant);
		ck_assert_str_eq(settings.cache, row->meant);
		ck_assert_str_eq(settings.sources[0].remote.ssh_key_file, row->meant);
	}
}
END_TEST

START_TEST(notes_reference)
{
	cleanup(settings) struct daemon_settings with, without;
	cleanup(free) char *reference = NULL;

	parse(LEAST, &with);
	reference = settings_notes_reference_new(&with);
	ck_assert_str_eq(reference, "refs/notes/labsync/lab-a");
	parse(LEAST "notes: {enabled: false}\n", &without);
	ck_assert_ptr_null(settings_notes_reference_new(&without));
}
END_TEST

/* Where a line of the example says "# key: value", the length of what stands before "# "; else -1. */
static int commented_key(const char *line)
{
	size_t indent = strspn(line, " "), key;

	if (strncmp(line + indent, "# ", 2) != 0)
		return -1;
	key = indent + 2 + strspn(line + indent + 2, " ");
	key += strspn(line + key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	return line[key] == ':' && (line[key + 1] == ' ' || line[key + 1] == '\n') ? (int)indent : -1;
}

/* The example with every key that it shows put in force. */
static char *uncommented_new(const char *text)
{
	struct buffer out = BUFFER_INIT;

	while (*text) {
		size_t length = strcspn(text, "\n") + 1;
		int indent = commented_key(text);

		if (indent >= 0) {
			buffer_append(&out, text, (size_t)indent);
			text += indent + 2;
			length -= (size_t)indent + 2;
		}
		buffer_append(&out, text, length);
		text += length;
	}
	return buffer_steal(&out);
}

static const char example[] = "packaging/labsync.yaml";

START_TEST(the_example)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(settings) struct daemon_settings settings;
	cleanup(free) char *said = NULL;
	bool loaded = settings_load(example, &settings, &diagnostics);

	said = diagnostics_text_new(&diagnostics);
	ck_assert_msg(loaded, "%s", said);
	ck_assert_str_eq(settings.cluster_name, "lab-a");
	ck_assert_uint_eq(settings.source_count, 1);
	ck_assert_uint_eq(settings.sources[0].interval_ms, 30000);
}
END_TEST

/* What the example shows as defaults are the defaults. */
START_TEST(the_example_in_full)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(free) char *full = NULL;
	cleanup(settings) struct daemon_settings shown, least;

	ck_assert(file_read(example, 65536, &text, &err));
	full = uncommented_new(buffer_text(&text));
	ck_assert_ptr_nonnull(strstr(full, "\n    passwordFile: "));
	parse(full, &shown);
	parse(LEAST, &least);
	ck_assert_uint_eq(shown.guard_percent, least.guard_percent);
	ck_assert_uint_eq(shown.guard_labs, least.guard_labs);
	ck_assert(shown.notes == least.notes && shown.push_notes == least.push_notes && shown.prune == least.prune);
	ck_assert_uint_eq(shown.ready_timeout_ms, least.ready_timeout_ms);
	ck_assert_uint_eq(shown.fetch_timeout_ms, least.fetch_timeout_ms);
	ck_assert_int_eq(shown.log_level, least.log_level);
	ck_assert_int_eq(shown.log_format, least.log_format);
	ck_assert_str_eq(shown.sources[0].namespace_name, least.sources[0].namespace_name);
	ck_assert_uint_eq(shown.sources[0].interval_ms, least.sources[0].interval_ms);
	ck_assert_uint_eq(shown.sources[0].resync_ms, least.sources[0].resync_ms);
	ck_assert_ptr_nonnull(shown.sources[0].remote.https_password_file);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { defaults, default_caches,  every_key,   empty_keys,
				 files,    notes_reference, the_example, the_example_in_full };

	return suite_run("settings", tests, ARRAY_SIZE(tests));
}
