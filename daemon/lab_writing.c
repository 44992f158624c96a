#include "daemon/lab_writing.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "daemon/disk_lookup.h"
#include "daemon/lab_arguments.h"

static const struct option options[] = {
	{ "from", required_argument, NULL, 'f' },      { "help", no_argument, NULL, 'h' },
	{ "namespace", required_argument, NULL, 'n' }, { "output", required_argument, NULL, 'o' },
	{ "to", required_argument, NULL, 't' },        { NULL, 0, NULL, 0 },
};

static bool word_parse(struct lab_writing *writing, const struct lab_writing_command *command, char *const *words)
{
	writing->word = words[0];
	if (words[0] == NULL)
		fprintf(stderr, "error: %s\n", command->missing);
	else if (words[1])
		fputs("error: more than one is named\n", stderr);
	return words[0] && words[1] == NULL;
}

/* False for what is no option of the command, or has a wrong value; getopt or this said what is wrong. */
static bool option_take(struct lab_writing *writing, const struct lab_writing_command *command, int option)
{
	switch (option) {
	case 'n':
		return lab_namespace_parse(&writing->namespace_name, optarg);
	case 'o':
		writing->output = optarg;
		return true;
	case 'f':
	case 't':
		*(option == 'f' ? &writing->from : &writing->to) = optarg;
		if (!command->converts)
			fprintf(stderr, "error: this command has no --%s\n", option == 'f' ? "from" : "to");
		return command->converts;
	default:
		return false;
	}
}

bool lab_writing_parse(struct lab_writing *writing, const struct lab_writing_command *command, int argc, char **argv,
		       int *code)
{
	int option;

	*writing = (struct lab_writing){ .word = NULL };
	optind = 0; /* begins anew, whoever parsed before */
	while ((option = getopt_long(argc, argv, "f:hn:o:t:", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(command->usage, stdout);
			*code = EXIT_DONE;
			return false;
		}
		if (!option_take(writing, command, option))
			return lab_usage_refuse(command->usage, argv[0], code);
	}
	return word_parse(writing, command, argv + optind) || lab_usage_refuse(command->usage, argv[0], code);
}

/* Where the text is or will be, as it is shown. The caller frees. */
static char *place_new(const struct lab_writing *writing)
{
	const char *slash = writing->beside ? strrchr(writing->beside, '/') : NULL;
	int folder = slash ? (int)(slash + 1 - writing->beside) : 0;

	if (writing->output)
		return string_copy(writing->output);
	return string_format("%.*sstandard output", folder, writing->beside ? writing->beside : "");
}

bool lab_writing_check(const struct lab_writing *writing, const struct buffer *text)
{
	cleanup(free) char *path = place_new(writing);
	const struct lab_file file = { .path = path, .text = buffer_text(text), .length = text->length };
	/* Below the current folder, files are found as they are when all of it is synced. */
	bool is_here = *path != '/' && !text_starts_with(path, "..");
	char here[] = ".", *paths[] = { is_here ? here : path, NULL };
	cleanup(disk_lookup) struct disk_lookup lookup;
	cleanup(lab_set) struct lab_set set = LAB_SET_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;

	disk_lookup_init(&lookup, paths);
	lab_set_read(&set, &file, 1,
		     &(struct lab_options){ .default_namespace = "default", .lookup = disk_lookup_use(&lookup) },
		     &diagnostics);
	diagnostics_sort(&diagnostics);
	diagnostics_print(&diagnostics);
	return diagnostics.errors == 0;
}

static bool write_all(int descriptor, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t written = write(descriptor, text, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			text += written;
			length -= (size_t)written;
		}
	}
	return true;
}

static bool save_failed(const char *path)
{
	cleanup(free) char *shown = text_printable(path, TEXT_ONE_LINE);

	if (errno == EEXIST)
		fprintf(stderr, "error: %s is there already; name another file, or remove it\n", shown);
	else
		fprintf(stderr, "error: cannot write %s: %s\n", shown, strerror(errno));
	return false;
}

bool lab_writing_save(const struct lab_writing *writing, const struct buffer *text)
{
	int descriptor;

	if (writing->output == NULL) {
		if (fputs(buffer_text(text), stdout) >= 0 && fflush(stdout) == 0)
			return true;
		fputs("error: cannot write to standard output\n", stderr);
		return false;
	}
	descriptor = open(writing->output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return save_failed(writing->output);
	if (!write_all(descriptor, buffer_text(text), text->length)) {
		save_failed(writing->output);
		close(descriptor);
		return false;
	}
	return close(descriptor) == 0 || save_failed(writing->output);
}
