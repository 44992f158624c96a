#include <string.h>

#include "base/buffer.h"
#include "sync/git/repository.h"
#include "tests/unit/suite.h"

static const struct trailers_case {
	const char *name, *message, *values; /* of "Labsync-Allow-Prune", joined by "|" */
} cases[] = {
	{ "one", "Drop ospf\n\nLabsync-Allow-Prune: ospf\n", "ospf|" },
	{ "two in order", "s\n\nLabsync-Allow-Prune: a\nLabsync-Allow-Prune: b\n", "a|b|" },
	{ "key in another case", "s\n\nlabsync-allow-prune: all\n", "all|" },
	{ "white space around", "s\n\nLabsync-Allow-Prune :   all  \n", "all|" },
	{ "no newline at the end", "s\n\nLabsync-Allow-Prune: all", "all|" },
	{ "blank lines at the end", "s\n\nLabsync-Allow-Prune: all\n\n \n", "all|" },
	{ "carriage returns", "s\r\n\r\nLabsync-Allow-Prune: all\r\n", "all|" },
	{ "comment at the end", "s\n\nLabsync-Allow-Prune: all\n# a comment\n", "all|" },
	{ "continued", "s\n\nLabsync-Allow-Prune: a\n  b\nOther: x\n", "a b|" },
	{ "empty value", "s\n\nLabsync-Allow-Prune:\n", "|" },
	{ "only the last paragraph", "s\n\nLabsync-Allow-Prune: a\n\nbody\n", "" },
	{ "the title is no trailer", "Labsync-Allow-Prune: all\n", "" },
	{ "text in the paragraph", "s\n\nsome text\nLabsync-Allow-Prune: all\n", "" },
	{ "text beside one of Git's own", "s\n\nsome text\nLabsync-Allow-Prune: all\nSigned-off-by: A <a@b>\n",
	  "all|" },
	{ "too much text", "s\n\na\nb\nc\nd\ne\nf\ng\nLabsync-Allow-Prune: all\nSigned-off-by: A <a@b>\n", "" },
	{ "cherry-picked", "s\n\n(cherry picked from commit 12)\nLabsync-Allow-Prune: all\n", "all|" },
	{ "key is longer", "s\n\nLabsync-Allow-Prune-Not: all\n", "" },
	{ "key is shorter", "s\n\nLabsync-Allow: all\n", "" },
	{ "empty message", "", "" },
};

static void join(const char *value, void *data)
{
	buffer_format(data, "%s|", value);
}

START_TEST(finds_what_git_finds)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(buffer) struct buffer found = BUFFER_INIT;

		trailers_each(cases[i].message, "Labsync-Allow-Prune", join, &found);
		ck_assert_msg(strcmp(buffer_text(&found), cases[i].values) == 0, "%s: expected \"%s\", got \"%s\"",
			      cases[i].name, cases[i].values, buffer_text(&found));
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { finds_what_git_finds };

	return suite_run("trailers", tests, ARRAY_SIZE(tests));
}
