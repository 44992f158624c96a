/* Defaults: what holds for the labs in its file's folder and in the folders
 * below it. What stands deeper goes before what stands higher; at the source's
 * root it is the repository's, above a KNLConfig. */
#pragma once

#include "render/lab/config.h"
#include "render/lab/settings.h"
#include "render/lab/variable_scope.h"

#define DEFAULTS_KIND "Defaults"

extern const struct value_type defaults_document_type;

/* One Defaults, or what takes its place: a file that could not be read and may have been one. */
struct folder_defaults {
	const char *folder; /* normalised; "" is where labsync reads files from */
	struct place place; /* of the document; line 0 for a file that could not be read */
	const struct lab_file *file; /* and its document; NULL for a file that could not be read */
	const struct yaml_node *root;
	bool valid; /* false: any default may have been in what could not be read */
	bool told; /* that labs are held because of it */
	struct node_settings nodes;
	const char *storage_class, *namespace_name;
	const struct value_map *labels;
	const struct variables *variables;
};

/* All of a source, by folder. */
struct defaults {
	struct folder_defaults *items;
	size_t count, capacity;
};

#define DEFAULTS_INIT                                                                                                \
	{                                                                                                            \
		.items = NULL                                                                                        \
	}

/* What all of these say together about the labs of one folder. */
struct surroundings {
	struct settings_layers layers; /* lowest first */
	const char *storage_class, *namespace_name; /* NULL: none given */
	const struct value_map *labels;
	struct variable_scope variables;
	const struct lab_lan_config *lan;
	struct folder_defaults *holder; /* that could not be read, so that labs are left as they are; NULL: none */
};

void defaults_deinit(struct defaults *defaults);
static inline void defaults_cleanup(struct defaults *defaults)
{
	defaults_deinit(defaults);
}

/* The folder of a file, as folders are compared: "./labs//a.yaml" is in "labs". In the arena. */
const char *defaults_folder(struct arena *arena, const char *path);

/* Notes a document, to be read once all of them are there. `path` stays. */
void defaults_add(struct arena *arena, struct defaults *defaults, const struct lab_file *file, const char *path,
		  const struct yaml_node *root);

/* Notes that a file could not be read which may have held a Defaults. */
void defaults_add_lost(struct arena *arena, struct defaults *defaults, const char *path);

/* Reads them all; the reader gives arena, diagnostics and lookup. False when one of them is not valid. */
bool defaults_read(const struct reader *reader, struct defaults *defaults);

/* What holds in the folder of the reader's file. */
void defaults_surround(struct reader *reader, struct defaults *defaults, const struct lab_config *config,
		       struct surroundings *surroundings);

/* Tells, once, that labs are held because of it: their own files show nothing wrong. */
void defaults_tell_holder(struct folder_defaults *holder, struct diagnostics *diagnostics);
