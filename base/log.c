#include "base/log.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

/* The process has one stderr; its settings are the one exception to "no global
 * state outside daemon/". Set once at the start, before any thread runs. */
static enum log_level log_threshold = LOG_INFO;
static enum log_format log_shape = LOG_TEXT;

static const char *const level_names[] = {
	[LOG_ERROR] = "error", [LOG_WARNING] = "warning", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"
};

void log_configure(enum log_level level, enum log_format format)
{
	log_threshold = level;
	log_shape = format;
}

bool log_level_parse(const char *name, enum log_level *level)
{
	for (size_t i = 0; i < sizeof(level_names) / sizeof(level_names[0]); i++) {
		if (strcmp(name, level_names[i]) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

bool log_enabled(enum log_level level)
{
	return level <= log_threshold;
}

static void log_write_json(enum log_level level, const char *message)
{
	char stamp[TIME_TEXT_SIZE];
	json_t *line = json_pack("{s:s, s:s, s:s}", "time", time_write(time_now(), stamp), "level",
				 level_names[level], "message", message);
	char *text = line ? json_dumps(line, JSON_COMPACT) : NULL;

	fprintf(stderr, "%s\n", text ? text : "{\"level\":\"error\",\"message\":\"a log line is not UTF-8\"}");
	free(text);
	json_decref(line);
}

void log_write(enum log_level level, const char *format, ...)
{
	va_list arguments;
	cleanup(free) char *message = NULL;
	cleanup(free) char *printable = NULL;
	char stamp[TIME_TEXT_SIZE];

	if (!log_enabled(level))
		return;
	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	printable = text_printable(message, TEXT_KEEP_LINES);
	if (log_shape == LOG_JSON)
		log_write_json(level, printable);
	else
		fprintf(stderr, "%s %-7s %s\n", time_write(time_now(), stamp), level_names[level], printable);
}
