#include "render/objects/user_data_parts.h"

#include "base/text.h"
#include "tests/unit/render/outcome.h"

/* The user data of the model's VM with this text of the person's. */
static char *user_data_new(const char *text)
{
	const struct lab_text_file file = { .path = "labs/init", .text = text, .length = strlen(text) };
	const struct lab_own_init given = { .file = &file };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.cloud_init = &given;
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	return secret_text_new(object_find(&outcome, "Secret", "l-r1-init"), "userdata");
}

static json_t *archive_new(const char *data)
{
	cleanup(arena) struct arena arena = ARENA_INIT;

	ck_assert_msg(text_starts_with(data, "#cloud-config-archive\n"), "%s", data);
	return yaml_to_json_new(yaml_read(&arena, data));
}

START_TEST(only_a_cloud_config_is_merged)
{
	static const struct {
		const char *text;
		bool is_config;
	} cases[] = {
		{ "#cloud-config\na: 1\n", true },
		{ "#cloud-config", true },
		{ "a: 1\n", true },
		{ "# a comment\na: 1\n", true },
		{ "#cloud-config-archive\n- a\n", false },
		{ "#cloud-config-jsonp\n[]\n", false },
		{ "#!/bin/sh\n", false },
		{ "#include\nhttps://example.org/a\n", false },
		{ "#cloud-boothook\n", false },
		{ "#part-handler\n", false },
		{ "## template: jinja\n#cloud-config\n", false },
		{ "Content-Type: multipart/mixed; boundary=x\nMIME-Version: 1.0\n", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_msg(user_data_is_cloud_config(cases[i].text) == cases[i].is_config, "%s", cases[i].text);
}
END_TEST

START_TEST(other_text_runs_after_ours)
{
	static const char *const texts[] = {
		"#!/bin/sh\necho 'a: \"b\"' > /x\n",
		"## template: jinja\n#cloud-config\nhostname: {{ v1.instance_id }}\n",
		"#cloud-boothook\n#!/bin/sh\ntrue\n",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		cleanup(free) char *data = user_data_new(texts[i]);
		cleanup(json) json_t *parts = archive_new(data);
		const json_t *ours = json_array_get(parts, 0), *theirs = json_array_get(parts, 1);

		ck_assert_uint_eq(json_array_size(parts), 2);
		ck_assert_str_eq(json_text_at(ours, "type", NULL), "text/cloud-config");
		ck_assert(text_starts_with(json_text_at(ours, "content", NULL), "#cloud-config\nhostname: r1\n"));
		ck_assert_str_eq(json_text_at(theirs, "content", NULL), texts[i]);
		ck_assert_ptr_null(json_object_get(theirs, "type"));
	}
}
END_TEST

START_TEST(the_parts_of_an_archive_are_taken_over)
{
	cleanup(free) char *data = user_data_new("#cloud-config-archive\n"
						 "- {type: text/x-shellscript, content: x}\n"
						 "- '#!/bin/sh'\n");
	cleanup(json) json_t *parts = archive_new(data);

	ck_assert_uint_eq(json_array_size(parts), 3);
	ck_assert_str_eq(json_text_at(json_array_get(parts, 0), "type", NULL), "text/cloud-config");
	assert_json(json_array_get(parts, 1), "{\"content\":\"x\",\"type\":\"text/x-shellscript\"}");
	ck_assert_str_eq(json_string_value(json_array_get(parts, 2)), "#!/bin/sh");
}
END_TEST

START_TEST(a_message_stands_in_ours)
{
	static const char message[] = "Content-Type: multipart/mixed; boundary=\"b\"\nMIME-Version: 1.0\n\n"
				      "--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n--b--\n";
	cleanup(free) char *data = user_data_new(message);

	ck_assert(text_starts_with(data, "Content-Type: multipart/mixed; boundary=\"labsync-"));
	ck_assert_ptr_nonnull(strstr(data, "\nContent-Type: text/cloud-config; charset=\"utf-8\"\n"));
	ck_assert_ptr_nonnull(strstr(data, message));
	ck_assert(strstr(data, "text/cloud-config") < strstr(data, message));
	ck_assert(text_ends_with(data, "--\n"));
}
END_TEST

START_TEST(an_include_is_followed_outside_of_archives)
{
	cleanup(free) char *once = user_data_new("#include-once\nhttps://example.org/a\n");
	cleanup(free) char *always = user_data_new("#include\nhttps://example.org/a\n");

	ck_assert_ptr_nonnull(strstr(once, "\nContent-Type: text/x-include-once-url; "));
	ck_assert_ptr_nonnull(strstr(always, "\nContent-Type: text/x-include-url; "));
	ck_assert_ptr_nonnull(strstr(always, "\n\nI2luY2x1ZGUKaHR0cHM6Ly9leGFtcGxlLm9yZy9hCg==\n--labsync-"));
}
END_TEST

START_TEST(an_archive_that_is_no_list_is_refused)
{
	static const char text[] = "#cloud-config-archive\na: 1\n";
	static const struct lab_text_file file = { .path = "labs/init", .text = text, .length = sizeof(text) - 1 };
	static const struct lab_own_init given = { .settings = { .place = { "labs/l.yaml", 8, 5 } }, .file = &file };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.cloud_init = &given;
	outcome_init(&outcome, &model);
	ck_assert(!outcome.good);
	ck_assert_uint_eq(outcome.diagnostics.items[0].line, 8);
	ck_assert_str_eq(outcome.diagnostics.items[0].message,
			 "cloudInit: a #cloud-config-archive must be a list of parts");
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		only_a_cloud_config_is_merged,
		other_text_runs_after_ours,
		the_parts_of_an_archive_are_taken_over,
		a_message_stands_in_ours,
		an_include_is_followed_outside_of_archives,
		an_archive_that_is_no_list_is_refused,
	};

	return suite_run("user data parts", tests, ARRAY_SIZE(tests));
}
