/* Whatever is taken as a containerlab topology becomes a lab that can be written and read again: its names fit the
 * cluster, and whatever is wrong with it is said. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/text.h"
#include "render/convert/containerlab.h"
#include "render/yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort(); /* the fuzzer keeps the input */
}

static void check_names(const json_t *members)
{
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)members, name, value)
		must(text_is_dns_label(name));
}

static void check_lab(const json_t *lab)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(lab_set) struct lab_set set = LAB_SET_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct lab_file file = { .path = "lab.yaml" };

	must(text_is_dns_label(json_text_at(lab, "metadata", "name", NULL)));
	check_names(json_at(lab, "spec", "nodes", NULL));
	check_names(json_at(lab, "spec", "links", NULL));
	yaml_write(lab, &text);
	if (text.length > YAML_SIZE_MAX)
		return; /* settings that all nodes share are written out */
	file.text = buffer_text(&text);
	file.length = text.length;
	lab_set_read(&set, &file, 1, &(struct lab_options){ .default_namespace = "labs" }, &diagnostics);
	must(set.count == 1);
	must(set.labs[0]->valid || diagnostics.errors > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct lab_file file = { .path = "fuzz.clab.yml", .text = (const char *)data, .length = size };
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *lab = containerlab_convert_new(&file, NULL, &diagnostics);

	must((lab != NULL) == (diagnostics.errors == 0));
	if (lab)
		check_lab(lab);
	return 0;
}
