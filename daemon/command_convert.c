#include "daemon/command_convert.h"

#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/files.h"
#include "daemon/lab_arguments.h"
#include "daemon/lab_writing.h"
#include "render/convert/containerlab.h"
#include "render/yaml/yaml.h"

static const struct lab_writing_command command = {
	.usage = "Usage: labsync convert [--namespace NAMESPACE] [--output FILE] TOPOLOGY.clab.yml\n"
		 "\n"
		 "Writes a containerlab topology as a lab; '-' is standard input. What could not come over is\n"
		 "listed on stderr with its place. The exit code is 1 when nothing could, or when the lab that\n"
		 "came out needs a correction by hand.\n"
		 "\n"
		 "Containers of kind linux become pods, privileged as in containerlab, with their environment\n"
		 "and the files that binds name beside the topology; SR Linux becomes srl; VMs become vms when\n"
		 "their image is a disk; bridges and links become links. Addresses and routes come from the\n"
		 "links, and from 'ip address add' and 'ip route add' in exec. The lab's files are found when\n"
		 "it lies beside the topology.\n"
		 "\n"
		 "  -n, --namespace NAMESPACE  the lab's; without it the lab names none\n"
		 "  -o, --output FILE          a new file instead of standard output\n"
		 "  -h, --help                 this text\n",
	.missing = "no topology file is named",
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

int command_convert(int argc, char **argv)
{
	cleanup(files) struct files files = FILES_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *lab = NULL;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	struct lab_writing writing;
	int code;

	if (!lab_writing_parse(&writing, &command, argc, argv, &code))
		return code;
	if (!file_load(&files, writing.word))
		return EXIT_FAILED;
	if (!text_equal(writing.word, "-"))
		writing.beside = writing.word;
	lab = containerlab_convert_new(&files.items[0], writing.namespace_name, &diagnostics);
	diagnostics_print(&diagnostics);
	if (lab == NULL)
		return EXIT_FAILED;
	text_write(files.items[0].path, lab, &text);
	/* It is written even so: what is left to correct is corrected there. */
	if (!lab_writing_save(&writing, &text))
		return EXIT_FAILED;
	return lab_writing_check(&writing, &text) ? EXIT_DONE : EXIT_FAILED;
}
