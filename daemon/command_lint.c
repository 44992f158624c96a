#include "daemon/command_lint.h"

#include <getopt.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/text.h"
#include "daemon/lab_reading.h"
#include "render/lint/lint.h"

enum { DISABLED_MAX = 64 };

static const char usage[] =
	"Usage: labsync lint [--disable RULE] [--output text|json] [--namespace NAMESPACE] [PATH...]\n"
	"\n"
	"Looks in the labs of files and folders for what is legal but suspicious: a line for each\n"
	"finding, with what to do. '-' is standard input; without PATH, the folder one is in is\n"
	"meant. The exit code is 0 without findings, 3 with findings, and 1 when there are errors.\n"
	"\n"
	"      --disable RULE         leaves a rule out; may be given more than once\n"
	"      --rules                prints what each rule finds\n"
	"  -o, --output FORMAT        text (the default) or json\n"
	"  -n, --namespace NAMESPACE  for labs that name none; default: default\n"
	"  -h, --help                 this text\n";

struct lint_command {
	const char *disabled[DISABLED_MAX + 1]; /* ends with NULL */
	size_t disabled_count;
	bool rules;
};

static void rule_refuse(const char *name)
{
	const char *names[DISABLED_MAX + 1] = { NULL };
	cleanup(free) char *printable = text_printable(name, TEXT_ONE_LINE);
	const char *nearest;
	size_t count = 0;

	for (const struct lint_rule *rule = lint_rules(); rule->name && count < DISABLED_MAX; rule++)
		names[count++] = rule->name;
	nearest = text_nearest(name, names);
	fprintf(stderr, "error: there is no rule \"%s\"; ", printable);
	if (nearest)
		fprintf(stderr, "did you mean \"%s\"?\n", nearest);
	else
		fputs("labsync lint --rules lists them\n", stderr);
}

static bool disable_take(void *context, const char *value)
{
	struct lint_command *lint = context;

	if (lint_rule_find(value) == NULL) {
		rule_refuse(value);
		return false;
	}
	if (lint->disabled_count < DISABLED_MAX)
		lint->disabled[lint->disabled_count++] = value;
	return true;
}

static bool rules_take(void *context, const char *value)
{
	(void)value;
	((struct lint_command *)context)->rules = true;
	return true;
}

static const struct lab_flag flags[] = {
	{ "disable", required_argument, disable_take },
	{ "rules", no_argument, rules_take },
	{ .name = NULL },
};

static bool text_print(const struct buffer *text)
{
	return fwrite(buffer_text(text), 1, text->length, stdout) == text->length;
}

static int rules_print(void)
{
	cleanup(buffer) struct buffer page = BUFFER_INIT;

	lint_rules_write_markdown(&page);
	return text_print(&page) && fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
}

static bool findings_print(const struct lint *lint, enum lab_output output)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	if (output == LAB_OUTPUT_JSON) {
		lint_write_json(lint, &text);
		return text_print(&text);
	}
	for (size_t i = 0; i < lint->count; i++) {
		cleanup(buffer) struct buffer line = BUFFER_INIT;
		cleanup(free) char *printable = NULL;

		lint_finding_write(&lint->findings[i], &line);
		printable = text_printable(buffer_text(&line), TEXT_ONE_LINE);
		buffer_format(&text, "%s\n", printable);
	}
	return text_print(&text);
}

static int labs_lint(const struct lab_arguments *arguments, const struct lint_command *wanted)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(lint) struct lint lint = LINT_INIT;
	int code;

	if (!lab_reading_read(&reading, arguments))
		return EXIT_FAILED;
	lint_labs(&lint, &reading.set, wanted->disabled);
	code = lab_arguments_end(&reading.diagnostics, findings_print(&lint, arguments->output));
	return code == EXIT_DONE && lint.count ? EXIT_FOUND : code;
}

int command_lint(int argc, char **argv)
{
	struct lint_command lint = { .rules = false };
	const struct lab_command command = {
		.usage = usage,
		.first_output = "text",
		.flags = flags,
		.context = &lint,
		.in_folder = true,
	};
	struct lab_arguments arguments;
	int code;

	if (!lab_arguments_parse(&arguments, &command, argc, argv, &code))
		return code;
	return lint.rules ? rules_print() : labs_lint(&arguments, &lint);
}
