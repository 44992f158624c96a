#include "daemon/dialect_convert.h"

#include "base/text.h"
#include "daemon/lab_reading.h"
#include "render/dialects/convert.h"
#include "render/yaml/yaml.h"

static void document_append(struct buffer *text, const json_t *document)
{
	if (text->length)
		buffer_append_text(text, "---\n");
	yaml_write(document, text);
}

static void lab_append(void *data, const json_t *lab)
{
	document_append(data, lab);
}

static void objects_append(void *data, struct rendered_lab *lab)
{
	/* Labs beside the documents are no part of what is converted. */
	for (size_t i = 0; lab->translated && i < lab->count; i++)
		document_append(data, lab->objects[i].value);
}

/* The labs that the documents become go out, once they were seen to render. */
int dialect_convert(struct lab_writing *writing, const struct dialect *dialect)
{
	char *const paths[] = { writing->word, NULL };
	const struct lab_arguments arguments = {
		.namespace_name = writing->namespace_name ? writing->namespace_name : "default",
		.paths = paths,
	};
	cleanup(files) struct files files = FILES_INIT;
	cleanup(disk_lookup) struct disk_lookup lookup = { .count = 0 };
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT, again = DIAGNOSTICS_INIT;
	cleanup(buffer) struct buffer labs = BUFFER_INIT, objects = BUFFER_INIT;
	const struct buffer *text = text_equal(writing->to, "kubevirt") ? &objects : &labs;
	struct lab_options options = { .default_namespace = arguments.namespace_name };

	if (!lab_arguments_read(&arguments, &files))
		return EXIT_FAILED;
	disk_lookup_init(&lookup, paths);
	options.lookup = disk_lookup_use(&lookup);
	if (!dialects_convert(files.items, files.count, &options, dialect, lab_append, &labs, &again)) {
		diagnostics_print(&again);
		return EXIT_FAILED;
	}
	render_each(files.items, files.count, &options, objects_append, &objects, &diagnostics);
	diagnostics_print(&diagnostics);
	if (text->length && !lab_writing_save(writing, text))
		return EXIT_FAILED;
	return diagnostics.errors || text->length == 0 ? EXIT_FAILED : EXIT_DONE;
}
