/* What documents of dialects know of each other. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/dialect.h"
#include "tests/unit/suite.h"

static void first_said(const struct fact *document, struct facts *facts)
{
	facts_note_saying(facts, document, yaml_get(document->spec, "says"));
	facts_note_saying(facts, document, yaml_get(document->spec, "says"));
	facts_note_saying(facts, document, yaml_get(document->spec, "number"));
	facts_note_saying(facts, document, NULL);
}

static const struct dialect_kind disk = { .name = "Disk" }, class_kind = { .name = "Class", .of_cluster = true },
				 talker = { .name = "Talker", .say_names = first_said };
static const struct dialect one = { .name = "one" }, two = { .name = "two" };

/* Of all that name none. */
static const char *default_namespace(void *context, const struct fact *fact)
{
	(void)fact;
	return context;
}

static void add(struct facts *facts, const struct dialect *dialect, const struct dialect_kind *kind,
		const char *namespace_name, const char *name, size_t line)
{
	facts_add(facts, &(struct fact){ .dialect = dialect,
					 .kind = kind,
					 .namespace_name = namespace_name,
					 .name = name,
					 .place = { "a.yaml", line, 1 } });
}

static void add_talker(struct facts *facts, const char *namespace_name, const char *name,
		       const struct yaml_node *spec)
{
	facts_add(facts, &(struct fact){ .dialect = &one,
					 .kind = &talker,
					 .namespace_name = namespace_name,
					 .name = name,
					 .spec = spec });
}

static void settle(struct facts *facts)
{
	static char labs[] = "labs";

	facts_settle(facts, default_namespace, labs);
}

/* The line of the one that is found; 0: none. */
static size_t found(const struct facts *facts, const char *dialect, const char *kind, const char *namespace_name,
		    const char *name)
{
	const struct fact *fact = facts_find(facts, dialect, kind, namespace_name, name);

	return fact ? fact->place.line : 0;
}

START_TEST(documents_are_found_by_all_their_names)
{
	struct facts facts = { .items = NULL };

	add(&facts, &two, &disk, "a", "x", 1);
	add(&facts, &one, &disk, "b", "x", 2);
	add(&facts, &one, &disk, NULL, "x", 3);
	add(&facts, &one, &class_kind, "a", "x", 4);
	add(&facts, &one, &disk, "b", "y", 5);
	settle(&facts);
	ck_assert_uint_eq(found(&facts, "two", "Disk", "a", "x"), 1);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "b", "x"), 2);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "labs", "x"), 3);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "b", "y"), 5);
	/* One of the cluster has no namespace, whatever it says. */
	ck_assert_uint_eq(found(&facts, "one", "Class", NULL, "x"), 4);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "a", "x"), 0);
	ck_assert_uint_eq(found(&facts, "one", "Disk", NULL, "x"), 0);
	ck_assert_uint_eq(found(&facts, "three", "Disk", "a", "x"), 0);
	ck_assert_uint_eq(found(&facts, "two", "Disk", "a", "z"), 0);
	facts_deinit(&facts);
	ck_assert_uint_eq(found(&facts, "two", "Disk", "a", "x"), 0);
}
END_TEST

START_TEST(of_two_that_are_called_alike_the_first_is_found)
{
	struct facts facts = { .items = NULL };

	for (size_t line = 9; line > 0; line--)
		add(&facts, &one, &disk, "a", "x", line);
	settle(&facts);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "a", "x"), 1);
	facts_deinit(&facts);
}
END_TEST

static bool is_named(void *context, const struct fact *fact)
{
	return text_equal(fact->name, context);
}

START_TEST(those_that_are_dropped_are_found_no_more)
{
	struct facts facts = { .items = NULL };
	char y[] = "y";

	add(&facts, &one, &disk, "a", "x", 1);
	add(&facts, &one, &disk, "a", "y", 2);
	add(&facts, &one, &disk, "a", "z", 3);
	facts_remove(&facts, is_named, y);
	settle(&facts);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "a", "x"), 1);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "a", "y"), 0);
	ck_assert_uint_eq(found(&facts, "one", "Disk", "a", "z"), 3);
	facts_deinit(&facts);
}
END_TEST

/* "a b": who says it, in order; NULL for the namespace: of all. */
static char *talkers_new(const struct facts *facts, const char *namespace_name, const char *name)
{
	struct buffer out = BUFFER_INIT;
	const struct fact *fact;
	size_t at = 0;

	while ((fact = facts_next_saying(facts, "one", "Talker", namespace_name, name, &at)))
		buffer_format(&out, "%s%s", out.length ? " " : "", fact->name);
	return buffer_steal(&out);
}

static const struct yaml_node *spec_parse(struct arena *arena, const char *text)
{
	struct yaml_documents documents;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;

	ck_assert(yaml_parse(arena, "a.yaml", text, strlen(text), &documents, &diagnostics));
	return documents.roots[0];
}

START_TEST(documents_are_found_by_what_they_say)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct facts facts = { .items = NULL };
	const struct yaml_node *hello = spec_parse(&arena, "{says: hello}"), *bye = spec_parse(&arena, "{says: bye}");
	static const struct {
		const char *namespace_name, *name, *expected;
	} cases[] = {
		{ "a", "hello", "t1 t3" }, { "b", "hello", "t1" }, { NULL, "hello", "t1 t3 t1" },
		{ "a", "bye", "t2" },      { "a", "5", "" },       { "c", "hello", "" },
	};

	add_talker(&facts, "b", "t1", hello);
	add_talker(&facts, "a", "t3", hello);
	add_talker(&facts, "a", "t1", hello);
	add_talker(&facts, "a", "t2", bye);
	add_talker(&facts, "a", "t4", spec_parse(&arena, "{number: 5}"));
	add_talker(&facts, "a", "t5", NULL); /* only known to be there */
	settle(&facts);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *talkers = talkers_new(&facts, cases[i].namespace_name, cases[i].name);

		ck_assert_str_eq(talkers, cases[i].expected);
	}
	facts_deinit(&facts);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		documents_are_found_by_all_their_names,
		of_two_that_are_called_alike_the_first_is_found,
		those_that_are_dropped_are_found_no_more,
		documents_are_found_by_what_they_say,
	};

	return suite_run("dialects' facts", tests, ARRAY_SIZE(tests));
}
