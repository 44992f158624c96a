#include "daemon/settings.h"

#include "base/file.h"
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "daemon/settings_fields.h"
#include "render/yaml/yaml.h"

enum { SOURCES_MAX = 1000, CONFIGURATION_SIZE_MAX = 1024 * 1024 };

static const struct setting_field cluster_fields[] = {
	{ "name", SETTING_NAME, offsetof(struct daemon_settings, cluster_name), NULL },
	{ "kubeconfig", SETTING_FILE, offsetof(struct daemon_settings, kubeconfig), NULL },
	{ "context", SETTING_TEXT, offsetof(struct daemon_settings, context), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field notes_fields[] = {
	{ "enabled", SETTING_BOOLEAN, offsetof(struct daemon_settings, notes), NULL },
	{ "push", SETTING_BOOLEAN, offsetof(struct daemon_settings, push_notes), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field guard_fields[] = {
	{ "percent", SETTING_PERCENT, offsetof(struct daemon_settings, guard_percent), NULL },
	{ "labs", SETTING_COUNT, offsetof(struct daemon_settings, guard_labs), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field prune_fields[] = {
	{ "enabled", SETTING_BOOLEAN, offsetof(struct daemon_settings, prune), NULL },
	{ "guard", SETTING_SECTION, 0, guard_fields },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field log_fields[] = {
	{ "level", SETTING_TEXT, offsetof(struct daemon_settings, log_level_name), NULL },
	{ "format", SETTING_TEXT, offsetof(struct daemon_settings, log_format_name), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field timeout_fields[] = {
	{ "ready", SETTING_DURATION, offsetof(struct daemon_settings, ready_timeout_ms), NULL },
	{ "fetch", SETTING_DURATION, offsetof(struct daemon_settings, fetch_timeout_ms), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field top_fields[] = {
	{ "cluster", SETTING_SECTION, 0, cluster_fields },
	{ "sources", SETTING_ELSEWHERE, 0, NULL },
	{ "notes", SETTING_SECTION, 0, notes_fields },
	{ "prune", SETTING_SECTION, 0, prune_fields },
	{ "cache", SETTING_FILE, offsetof(struct daemon_settings, cache), NULL },
	{ "log", SETTING_SECTION, 0, log_fields },
	{ "timeouts", SETTING_SECTION, 0, timeout_fields },
	{ NULL, SETTING_END, 0, NULL },
};

static const struct setting_field ssh_fields[] = {
	{ "keyFile", SETTING_FILE, offsetof(struct source_settings, remote.ssh_key_file), NULL },
	{ "knownHostsFile", SETTING_FILE, offsetof(struct source_settings, remote.ssh_known_hosts_file), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field https_fields[] = {
	{ "certificateAuthorityFile", SETTING_FILE, offsetof(struct source_settings, remote.https_ca_file), NULL },
	{ "username", SETTING_TEXT, offsetof(struct source_settings, remote.https_username), NULL },
	{ "passwordFile", SETTING_FILE, offsetof(struct source_settings, remote.https_password_file), NULL },
	{ NULL, SETTING_END, 0, NULL },
};
static const struct setting_field source_fields[] = {
	{ "name", SETTING_NAME, offsetof(struct source_settings, name), NULL },
	{ "url", SETTING_TEXT, offsetof(struct source_settings, remote.url), NULL },
	{ "branch", SETTING_TEXT, offsetof(struct source_settings, remote.branch), NULL },
	{ "path", SETTING_TEXT, offsetof(struct source_settings, path), NULL },
	{ "namespace", SETTING_NAME, offsetof(struct source_settings, namespace_name), NULL },
	{ "interval", SETTING_DURATION, offsetof(struct source_settings, interval_ms), NULL },
	{ "resync", SETTING_DURATION, offsetof(struct source_settings, resync_ms), NULL },
	{ "ssh", SETTING_SECTION, 0, ssh_fields },
	{ "https", SETTING_SECTION, 0, https_fields },
	{ NULL, SETTING_END, 0, NULL },
};

void settings_deinit(struct daemon_settings *settings)
{
	for (size_t i = 0; i < settings->source_count; i++) {
		remote_settings_deinit(&settings->sources[i].remote);
		free(settings->sources[i].name);
		free(settings->sources[i].path);
		free(settings->sources[i].namespace_name);
	}
	free(settings->sources);
	free(settings->cluster_name);
	free(settings->kubeconfig);
	free(settings->context);
	free(settings->cache);
	free(settings->log_level_name);
	free(settings->log_format_name);
	*settings = (struct daemon_settings){ .cluster_name = NULL };
}

static char *default_cache_new(void)
{
	const char *directory = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (directory && *directory == '/')
		return string_format("%s/labsync", directory);
	if (home && *home == '/')
		return string_format("%s/.cache/labsync", home);
	return string_copy("/var/cache/labsync");
}

static bool leaves_repository(const char *path)
{
	if (*path == '/')
		return true;
	while (*path) {
		size_t length = strcspn(path, "/");

		if (length == 2 && path[0] == '.' && path[1] == '.')
			return true;
		path += length;
		path += strspn(path, "/");
	}
	return false;
}

static void read_source(struct settings_reader *reader, struct daemon_settings *settings,
			const struct yaml_node *node)
{
	struct source_settings *source;

	memory_grow(&settings->sources, settings->source_count, &settings->source_capacity,
		    sizeof(*settings->sources));
	source = &settings->sources[settings->source_count++];
	*source = (struct source_settings){ .interval_ms = 30000, .resync_ms = 300000 };
	settings_read_section(reader, node, source_fields, source);
	if (source->name == NULL)
		settings_refuse(reader, node, "the source has no name; add name: labs");
	if (source->remote.url == NULL)
		settings_refuse(reader, node, "the source has no url; add url: with where the repository is");
	if (source->interval_ms == 0)
		settings_refuse(reader, node, "interval is 0s; use 1s or more");
	if (source->path && leaves_repository(source->path))
		settings_refuse(reader, node, "path \"%s\" leaves the repository; use a folder inside it",
				source->path);
	if (source->namespace_name == NULL)
		source->namespace_name = string_copy("default");
	for (size_t i = 0; source->name && i + 1 < settings->source_count; i++)
		if (text_equal(settings->sources[i].name, source->name))
			settings_refuse(reader, node, "two sources are named \"%s\"; rename one", source->name);
}

static void read_sources(struct settings_reader *reader, struct daemon_settings *settings,
			 const struct yaml_node *root)
{
	const struct yaml_node *sources = yaml_get(root, "sources");

	if (sources == NULL || sources->kind != YAML_SEQUENCE || sources->count == 0) {
		settings_refuse(reader, sources ? sources : root,
				"sources is missing or no list; name at least one repository under sources:");
		return;
	}
	if (sources->count > SOURCES_MAX) {
		settings_refuse(reader, sources, "more than %d sources", SOURCES_MAX);
		return;
	}
	for (size_t i = 0; i < sources->count; i++)
		read_source(reader, settings, sources->items[i]);
}

/* A commit has one note: of two sources that read the same one, the second would overwrite what the first said. */
static void check_notes(struct settings_reader *reader, const struct daemon_settings *settings,
			const struct yaml_node *root)
{
	for (size_t i = 0; settings->notes && i < settings->source_count; i++) {
		const struct source_settings *a = &settings->sources[i];

		for (size_t j = 0; j < i; j++) {
			const struct source_settings *b = &settings->sources[j];

			if (text_equal(a->remote.url, b->remote.url) &&
			    text_equal(a->remote.branch, b->remote.branch))
				settings_refuse(reader, yaml_get(root, "sources")->items[i],
						"sources %s and %s read the same branch, and would overwrite each "
						"other's notes; make them one source, or set notes: {enabled: false}",
						b->name ? b->name : "?", a->name ? a->name : "?");
		}
	}
}

static void read_log(struct settings_reader *reader, struct daemon_settings *settings, const struct yaml_node *root)
{
	const struct yaml_node *place = yaml_get(root, "log");

	if (settings->log_level_name && !log_level_parse(settings->log_level_name, &settings->log_level))
		settings_refuse(reader, place, "log level \"%s\" is not known; use error, warning, info or debug",
				settings->log_level_name);
	if (text_equal(settings->log_format_name, "json"))
		settings->log_format = LOG_JSON;
	else if (settings->log_format_name && !text_equal(settings->log_format_name, "text"))
		settings_refuse(reader, place, "log format \"%s\" is not known; use text or json",
				settings->log_format_name);
}

static void check_timeouts(struct settings_reader *reader, const struct daemon_settings *settings,
			   const struct yaml_node *root)
{
	const struct yaml_node *place = yaml_get(root, "timeouts");

	if (settings->ready_timeout_ms < 1000 || settings->fetch_timeout_ms < 1000)
		settings_refuse(reader, place, "a timeout is shorter than 1s; nothing could be done in it");
}

static void fill_remotes(struct daemon_settings *settings)
{
	if (settings->cache == NULL)
		settings->cache = default_cache_new();
	for (size_t i = 0; i < settings->source_count; i++) {
		struct source_settings *source = &settings->sources[i];

		source->remote.directory = string_format("%s/%s.git", settings->cache, source->name);
		source->remote.timeout_ms = settings->fetch_timeout_ms;
	}
}

bool settings_parse(const char *path, const char *text, size_t length, struct daemon_settings *settings,
		    struct diagnostics *diagnostics)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct yaml_documents documents = { .count = 0 };
	struct settings_reader reader = { .path = path, .diagnostics = diagnostics };
	size_t errors = diagnostics->errors;

	*settings = (struct daemon_settings){ .notes = true,
					      .push_notes = true,
					      .prune = true,
					      .guard_percent = 50,
					      .guard_labs = 3,
					      .log_level = LOG_INFO,
					      .log_format = LOG_TEXT,
					      .ready_timeout_ms = 600000,
					      .fetch_timeout_ms = 120000 };
	if (!yaml_parse(&arena, path, text, length, &documents, diagnostics))
		return false;
	if (documents.count != 1) {
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, path, 1, 1,
				"a configuration is one YAML document; this file has %zu", documents.count);
		return false;
	}
	settings_read_section(&reader, documents.roots[0], top_fields, settings);
	read_sources(&reader, settings, documents.roots[0]);
	read_log(&reader, settings, documents.roots[0]);
	check_timeouts(&reader, settings, documents.roots[0]);
	check_notes(&reader, settings, documents.roots[0]);
	if (settings->cluster_name == NULL)
		settings_refuse(&reader, documents.roots[0],
				"the cluster has no name; add cluster: {name: ...}, which notes and owners go by");
	fill_remotes(settings);
	return diagnostics->errors == errors;
}

bool settings_load(const char *path, struct daemon_settings *settings, struct diagnostics *diagnostics)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	*settings = (struct daemon_settings){ .cluster_name = NULL };
	if (!file_read(path, CONFIGURATION_SIZE_MAX, &text, &err)) {
		diagnostics_add_error(diagnostics, &err);
		return false;
	}
	return settings_parse(path, buffer_text(&text), text.length, settings, diagnostics);
}

char *settings_notes_reference_new(const struct daemon_settings *settings)
{
	return settings->notes ? string_format("refs/notes/labsync/%s", settings->cluster_name) : NULL;
}
