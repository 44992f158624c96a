#include "daemon/command_convert.h"

#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/dialect_convert.h"
#include "daemon/files.h"
#include "daemon/lab_arguments.h"
#include "daemon/lab_writing.h"
#include "render/convert/containerlab.h"
#include "render/dialects/registry.h"
#include "render/yaml/yaml.h"

#define CONTAINERLAB "containerlab"

static const struct lab_writing_command command = {
	.usage = "Usage: labsync convert [--from FORMAT] [--to lab|kubevirt] [--namespace NAMESPACE] [--output FILE] "
		 "PATH\n"
		 "\n"
		 "Writes what is in another format as a lab, or as KubeVirt's objects; '-' is standard input. What\n"
		 "could not come over is listed on stderr with its place. The exit code is 1 when nothing could,\n"
		 "or when the lab that came out needs a correction by hand.\n"
		 "\n"
		 "  -f, --from FORMAT          containerlab (the default): a topology file; or kubevirt, deckhouse,\n"
		 "                             controlplane, vmoperator: VMs in a file or folder, with the classes,\n"
		 "                             images and Mappings that they rely on\n"
		 "  -t, --to lab|kubevirt      the lab that the documents mean (the default), or its objects\n"
		 "  -n, --namespace NAMESPACE  the lab's, where the documents name none\n"
		 "  -o, --output FILE          a new file instead of standard output\n"
		 "  -h, --help                 this text\n"
		 "\n"
		 "Of a containerlab topology, containers of kind linux become pods, privileged as in containerlab,\n"
		 "with their environment and the files that binds name beside the topology; SR Linux becomes srl;\n"
		 "VMs become vms when their image is a disk; bridges and links become links. Addresses and routes\n"
		 "come from the links, and from 'ip address add' and 'ip route add' in exec. The lab's files are\n"
		 "found when it lies beside the topology.\n",
	.missing = "no file is named",
	.converts = true,
};

static void text_write(const char *path, const json_t *lab, struct buffer *text)
{
	cleanup(free) char *shown = text_printable(path, TEXT_ONE_LINE);

	buffer_format(text,
		      "# From the containerlab topology %s, by labsync convert. The pods are\n"
		      "# privileged, as containerlab runs its containers; take that away where they need it not.\n",
		      shown);
	yaml_write(lab, text);
}

static bool file_load(struct files *files, const char *path)
{
	cleanup(error) struct error err = ERROR_INIT;

	if (files_add(files, path, &err) && files->count == 1)
		return true;
	if (err.code == ERROR_NONE)
		error_set(&err, ERROR_INVALID, "%s has more than one file; name the topology's", path);
	error_print(&err);
	return false;
}

static int topology_convert(struct lab_writing *writing)
{
	cleanup(files) struct files files = FILES_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *lab = NULL;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	if (!file_load(&files, writing->word))
		return EXIT_FAILED;
	if (!text_equal(writing->word, "-"))
		writing->beside = writing->word;
	lab = containerlab_convert_new(&files.items[0], writing->namespace_name, &diagnostics);
	diagnostics_print(&diagnostics);
	if (lab == NULL)
		return EXIT_FAILED;
	text_write(files.items[0].path, lab, &text);
	/* It is written even so: what is left to correct is corrected there. */
	if (!lab_writing_save(writing, &text))
		return EXIT_FAILED;
	return lab_writing_check(writing, &text) ? EXIT_DONE : EXIT_FAILED;
}

/* False after it said what is wrong with --from or --to. */
static bool formats_check(const struct lab_writing *writing)
{
	bool is_topology = writing->from == NULL || text_equal(writing->from, CONTAINERLAB);

	if (!is_topology && dialect_find(writing->from) == NULL)
		fprintf(stderr, "error: --from \"%s\" is no format; use %s", writing->from, CONTAINERLAB);
	else if (writing->to && !text_equal(writing->to, "lab") && !text_equal(writing->to, "kubevirt"))
		fprintf(stderr, "error: --to is \"lab\" or \"kubevirt\", not \"%s\"\n", writing->to);
	else if (is_topology && text_equal(writing->to, "kubevirt"))
		fputs("error: --to kubevirt is of VMs' formats; pass the lab to labsync render\n", stderr);
	else
		return true;
	for (size_t i = 0; !is_topology && dialect_find(writing->from) == NULL && dialects[i]; i++)
		fprintf(stderr, "%s%s%s", dialects[i + 1] ? ", " : " or ", dialects[i]->name,
			dialects[i + 1] ? "" : "\n");
	return false;
}

int command_convert(int argc, char **argv)
{
	struct lab_writing writing;
	int code;

	if (!lab_writing_parse(&writing, &command, argc, argv, &code))
		return code;
	if (!formats_check(&writing)) {
		lab_usage_refuse(command.usage, argv[0], &code);
		return code;
	}
	if (writing.from == NULL || text_equal(writing.from, CONTAINERLAB))
		return topology_convert(&writing);
	return dialect_convert(&writing, dialect_find(writing.from));
}
