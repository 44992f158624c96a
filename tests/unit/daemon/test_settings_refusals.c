/* Configurations that are refused, and what is said of them. */
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "daemon/settings.h"
#include "tests/unit/cluster/folder.h"
#include "tests/unit/suite.h"

#define CLUSTER "cluster: {name: lab-a}\n"
#define SOURCE "sources:\n- name: labs\n  url: /srv/git/labs.git\n"
#define LEAST CLUSTER SOURCE /* four lines */
#define A_63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct refusal_case {
	const char *name, *text, *said;
} cases[] = {
	{ "unknown key", LEAST "colour: red\n",
	  "c.yaml:5:1: error: unknown key \"colour\"; remove it, or see packaging/labsync.yaml\n" },
	{ "misspelt key", LEAST "note: {}\n", "c.yaml:5:1: error: unknown key \"note\"; did you mean \"notes\"?\n" },
	{ "misspelt key of a section", "cluster: {name: lab-a, kubeconfg: /k}\n" SOURCE,
	  "c.yaml:1:24: error: unknown key \"kubeconfg\"; did you mean \"kubeconfig\"?\n" },
	{ "misspelt key of a source", LEAST "  intervall: 30s\n",
	  "c.yaml:5:3: error: unknown key \"intervall\"; did you mean \"interval\"?\n" },
	{ "misspelt key of a section in a section", LEAST "prune:\n  guard:\n    percents: 5\n",
	  "c.yaml:7:5: error: unknown key \"percents\"; did you mean \"percent\"?\n" },
	{ "all that is wrong at once", LEAST "note: {}\nlogs: {}\n",
	  "c.yaml:5:1: error: unknown key \"note\"; did you mean \"notes\"?\n"
	  "c.yaml:6:1: error: unknown key \"logs\"; did you mean \"log\"?\n" },

	{ "a section that is none", LEAST "notes: yes\n",
	  "c.yaml:5:8: error: expected a mapping, found a boolean\n" },
	{ "a list for a text", LEAST "cache: [a]\n", "c.yaml:5:8: error: cache is a list; write a text\n" },
	{ "a mapping for a name", "cluster: {name: {}}\n" SOURCE,
	  "c.yaml:1:17: error: name is a mapping; write a text\n"
	  "c.yaml:1:1: error: the cluster has no name; add cluster: {name: ...}, which notes and owners go by\n" },
	{ "an empty text", LEAST "cache: ''\n", "c.yaml:5:8: error: cache is empty; write a text\n" },
	{ "a text for a boolean", LEAST "notes: {push: maybe}\n",
	  "c.yaml:5:15: error: push must be true or false\n" },
	{ "a number for a boolean", LEAST "notes: {push: 1}\n", "c.yaml:5:15: error: push must be true or false\n" },
	{ "a source that is none", CLUSTER "sources:\n- labs\n",
	  "c.yaml:3:3: error: expected a mapping, found a string\n"
	  "c.yaml:3:3: error: the source has no name; add name: labs\n"
	  "c.yaml:3:3: error: the source has no url; add url: with where the repository is\n" },
	{ "a list for a configuration", "- 1\n",
	  "c.yaml:1:1: error: expected a mapping, found a list\n"
	  "c.yaml:1:1: error: sources is missing or no list; name at least one repository under sources:\n"
	  "c.yaml:1:1: error: the cluster has no name; add cluster: {name: ...}, which notes and owners go by\n" },

	{ "no cluster", SOURCE,
	  "c.yaml:1:1: error: the cluster has no name; add cluster: {name: ...}, which notes and owners go by\n" },
	{ "no cluster name", "cluster: {context: c}\n" SOURCE,
	  "c.yaml:1:1: error: the cluster has no name; add cluster: {name: ...}, which notes and owners go by\n" },
	{ "no sources", CLUSTER,
	  "c.yaml:1:1: error: sources is missing or no list; name at least one repository under sources:\n" },
	{ "empty sources", CLUSTER "sources: []\n",
	  "c.yaml:2:10: error: sources is missing or no list; name at least one repository under sources:\n" },
	{ "sources that are no list", CLUSTER "sources: {name: labs}\n",
	  "c.yaml:2:10: error: sources is missing or no list; name at least one repository under sources:\n" },
	{ "no source name", CLUSTER "sources:\n- url: /srv/git/labs.git\n",
	  "c.yaml:3:3: error: the source has no name; add name: labs\n" },
	{ "no url", CLUSTER "sources:\n- name: labs\n",
	  "c.yaml:3:3: error: the source has no url; add url: with where the repository is\n" },
	{ "two of a name", LEAST "- name: labs\n  url: /srv/git/more.git\n",
	  "c.yaml:5:3: error: two sources are named \"labs\"; rename one\n" },

	{ "a name that is no label", "cluster: {name: Lab_A}\n" SOURCE,
	  "c.yaml:1:17: error: name \"Lab_A\" is no DNS label; use lower-case letters, digits and -, at most 63\n"
	  "c.yaml:1:1: error: the cluster has no name; add cluster: {name: ...}, which notes and owners go by\n" },
	{ "a name that would leave the cache", CLUSTER "sources:\n- name: ../labs\n  url: /srv/git/labs.git\n",
	  "c.yaml:3:9: error: name \"../labs\" is no DNS label; use lower-case letters, digits and -, at most 63\n"
	  "c.yaml:3:3: error: the source has no name; add name: labs\n" },
	{ "a name that is too long", LEAST "  namespace: " A_63 "a\n",
	  "c.yaml:5:14: error: namespace \"" A_63
	  "a\" is no DNS label; use lower-case letters, digits and -, at most 63\n" },

	{ "a path up", LEAST "  path: labs/../..\n",
	  "c.yaml:3:3: error: path \"labs/../..\" leaves the repository; use a folder inside it\n" },
	{ "a path from the root", LEAST "  path: /labs\n",
	  "c.yaml:3:3: error: path \"/labs\" leaves the repository; use a folder inside it\n" },

	{ "more than all", LEAST "prune: {guard: {percent: 101}}\n",
	  "c.yaml:5:26: error: percent must be a whole number from 0 to 100\n" },
	{ "less than nothing", LEAST "prune: {guard: {percent: -1}}\n",
	  "c.yaml:5:26: error: percent must be a whole number from 0 to 100\n" },
	{ "with a sign", LEAST "prune: {guard: {percent: 50%}}\n",
	  "c.yaml:5:26: error: percent must be a whole number from 0 to 100\n" },
	{ "with a fraction", LEAST "prune: {guard: {percent: 0.5}}\n",
	  "c.yaml:5:26: error: percent must be a whole number from 0 to 100\n" },
	{ "many labs", LEAST "prune: {guard: {labs: 1000001}}\n",
	  "c.yaml:5:23: error: labs must be a whole number from 0 to 1000000\n" },

	{ "a duration without a unit", LEAST "  interval: 30\n",
	  "c.yaml:5:13: error: interval must be a duration such as 30s, 5m or 1h\n" },
	{ "a duration of words", LEAST "  resync: soon\n",
	  "c.yaml:5:11: error: resync must be a duration such as 30s, 5m or 1h\n" },
	{ "a duration that is a list", LEAST "timeouts: {ready: [1s]}\n",
	  "c.yaml:5:19: error: ready must be a duration such as 30s, 5m or 1h\n" },
	{ "a duration below nothing", LEAST "timeouts: {fetch: -1s}\n",
	  "c.yaml:5:19: error: fetch must be a duration such as 30s, 5m or 1h\n" },
	{ "no time at all", LEAST "  interval: 0s\n", "c.yaml:3:3: error: interval is 0s; use 1s or more\n" },

	{ "log level", LEAST "log: {level: loud}\n",
	  "c.yaml:5:6: error: log level \"loud\" is not known; use error, warning, info or debug\n" },
	{ "log format", LEAST "log: {format: xml}\n",
	  "c.yaml:5:6: error: log format \"xml\" is not known; use text or json\n" },

	{ "an empty file", "# nothing\n",
	  "c.yaml:1:1: error: a configuration is one YAML document; this file has 0\n" },
	{ "two documents", LEAST "---\n" LEAST,
	  "c.yaml:1:1: error: a configuration is one YAML document; this file has 2\n" },
};

static void check_said(const char *name, const struct diagnostics *diagnostics, const char *said)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < diagnostics->count; i++) {
		diagnostic_write(&diagnostics->items[i], &text);
		buffer_append_char(&text, '\n');
	}
	ck_assert_msg(text_equal(buffer_text(&text), said), "%s: found\n%s\nexpected\n%s", name, buffer_text(&text),
		      said);
}

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(settings) struct daemon_settings settings;

		ck_assert_msg(
			!settings_parse("c.yaml", cases[i].text, strlen(cases[i].text), &settings, &diagnostics),
			"%s", cases[i].name);
		check_said(cases[i].name, &diagnostics, cases[i].said);
	}
}
END_TEST

/* The YAML reader has the say on these; that they are refused, and where, is ours to check. */
START_TEST(broken_yaml)
{
	static const char *const texts[] = { "cluster: {name: lab-a\n", "cluster: {}\ncluster: {}\n", "a: b: c\n" };

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(settings) struct daemon_settings settings;

		ck_assert(!settings_parse("c.yaml", texts[i], strlen(texts[i]), &settings, &diagnostics));
		ck_assert_uint_gt(diagnostics.count, 0);
		ck_assert_str_eq(diagnostics.items[0].path, "c.yaml");
		ck_assert_uint_gt(diagnostics.items[0].line, 0);
	}
}
END_TEST

START_TEST(too_many_sources)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(settings) struct daemon_settings settings;

	buffer_append_text(&text, CLUSTER "sources:\n");
	for (int i = 0; i < 1001; i++)
		buffer_format(&text, "- {name: s%d, url: /srv/git/labs.git}\n", i);
	ck_assert(!settings_parse("c.yaml", buffer_text(&text), text.length, &settings, &diagnostics));
	check_said("1001 sources", &diagnostics, "c.yaml:3:1: error: more than 1000 sources\n");
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *missing = string_format("%s/none.yaml", folder);
	const char *const paths[] = { missing, folder };

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(settings) struct daemon_settings settings;

		ck_assert(!settings_load(paths[i], &settings, &diagnostics));
		ck_assert_uint_eq(diagnostics.errors, 1);
		ck_assert_ptr_nonnull(strstr(diagnostics.items[0].message, paths[i]));
	}
}
END_TEST

START_TEST(a_file_that_is_too_large)
{
	cleanup(folder) char *folder = folder_new();
	char *text = memory_new(1024 * 1024 + 2);
	cleanup(free) char *large = NULL;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(settings) struct daemon_settings settings;

	memset(text, '#', 1024 * 1024 + 1);
	large = folder_write(folder, "large.yaml", text);
	free(text);
	ck_assert(!settings_load(large, &settings, &diagnostics));
	ck_assert_uint_eq(diagnostics.errors, 1);
	ck_assert_ptr_nonnull(strstr(diagnostics.items[0].message, "larger than 1048576 bytes"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table, broken_yaml, too_many_sources, files_that_cannot_be_read,
				 a_file_that_is_too_large };

	return suite_run("settings_refusals", tests, ARRAY_SIZE(tests));
}
