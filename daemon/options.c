#include "daemon/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum option_code {
	OPTION_CONFIG = 256,
	OPTION_KUBECONFIG,
	OPTION_CONTEXT,
	OPTION_SOURCE,
	OPTION_LAB,
	OPTION_OUTPUT,
	OPTION_DRY_RUN,
	OPTION_ALLOW_PRUNE
};

static const struct option known[] = {
	{ "config", required_argument, NULL, OPTION_CONFIG },
	{ "kubeconfig", required_argument, NULL, OPTION_KUBECONFIG },
	{ "context", required_argument, NULL, OPTION_CONTEXT },
	{ "source", required_argument, NULL, OPTION_SOURCE },
	{ "lab", required_argument, NULL, OPTION_LAB },
	{ "output", required_argument, NULL, OPTION_OUTPUT },
	{ "dry-run", no_argument, NULL, OPTION_DRY_RUN },
	{ "allow-prune", no_argument, NULL, OPTION_ALLOW_PRUNE },
	{ "help", no_argument, NULL, 'h' },
};

enum { KNOWN_COUNT = sizeof(known) / sizeof(known[0]) };

static bool names_flag(const char *flags, const char *flag)
{
	size_t length = strlen(flag);

	for (const char *at = flags; (at = strstr(at, flag)) != NULL; at += length)
		if ((at == flags || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

static void select_flags(const char *flags, struct option *selected)
{
	size_t count = 0;

	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (text_equal(known[i].name, "help") || names_flag(flags, known[i].name))
			selected[count++] = known[i];
	selected[count] = (struct option){ .name = NULL };
}

static void take(struct options *options, int code)
{
	switch (code) {
	case OPTION_CONFIG:
		options->config = optarg;
		break;
	case OPTION_KUBECONFIG:
		options->kubeconfig = optarg;
		break;
	case OPTION_CONTEXT:
		options->context = optarg;
		break;
	case OPTION_SOURCE:
		options->source = optarg;
		break;
	case OPTION_LAB:
		options->lab = optarg;
		break;
	case OPTION_OUTPUT:
		options->output = optarg;
		break;
	case OPTION_DRY_RUN:
		options->dry_run = true;
		break;
	case OPTION_ALLOW_PRUNE:
		options->allow_prune = true;
		break;
	}
}

static bool end_with(int *code, enum exit_code with)
{
	*code = with;
	return false;
}

bool options_parse(int argc, char **argv, const struct command_words *words, struct options *options, int *code)
{
	struct option selected[KNOWN_COUNT + 1];
	int option;

	*options = (struct options){ .config = NULL };
	select_flags(words->flags, selected);
	optind = 0;
	while ((option = getopt_long(argc, argv, "h", selected, NULL)) != -1) {
		if (option == 'h') {
			fputs(words->usage, stdout);
			return end_with(code, EXIT_DONE);
		}
		if (option == '?')
			return end_with(code, EXIT_USAGE);
		take(options, option);
	}
	options->arguments = argv + optind;
	if (optind < argc && !words->takes_arguments) {
		fprintf(stderr, "labsync: error: unexpected argument \"%s\"; see labsync --help\n", argv[optind]);
		return end_with(code, EXIT_USAGE);
	}
	return true;
}

bool options_parse_with_config(int argc, char **argv, const struct command_words *words, struct options *options,
			       int *code)
{
	if (!options_parse(argc, argv, words, options, code))
		return false;
	if (options->config)
		return true;
	fputs("labsync: error: --config FILE is missing\n", stderr);
	return end_with(code, EXIT_USAGE);
}

static void override(char **setting, const char *option)
{
	if (option == NULL)
		return;
	free(*setting);
	*setting = string_copy(option);
}

bool options_load_settings(const struct options *options, struct daemon_settings *settings)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	bool loaded = settings_load(options->config, settings, &diagnostics);

	for (size_t i = 0; i < diagnostics.count; i++) {
		cleanup(buffer) struct buffer line = BUFFER_INIT;

		diagnostic_write(&diagnostics.items[i], &line);
		fprintf(stderr, "%s\n", buffer_text(&line));
	}
	if (!loaded) {
		settings_deinit(settings);
		return false;
	}
	override(&settings->kubeconfig, options->kubeconfig);
	override(&settings->context, options->context);
	log_configure(settings->log_level, settings->log_format);
	return true;
}

void failure_print(const struct error *err)
{
	cleanup(free) char *text = error_text(err);

	fprintf(stderr, "labsync: %s\n", text);
}

void error_print(const struct error *err)
{
	cleanup(free) char *text = error_text(err);
	cleanup(free) char *line = text_printable(text, TEXT_ONE_LINE);

	fprintf(stderr, "%s\n", line);
}
