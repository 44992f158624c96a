/* Readers of what root disk and further disks have alike. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type bus_type, serial_type, boot_order_type, checksum_type, access_mode_type,
	volume_mode_type, disk_policy_type;

const void *bus_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *serial_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *checksum_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */

/* What is told of root disk and further disks alike. */
#define CHECKSUM_OF_CONTAINER                                                                                        \
	"checksum is for images of http:// and https://; a container disk is pinned by its digest, as in "           \
	"docker://NAME@sha256:DIGEST"
#define CERTIFICATES_OF_HTTP                                                                                         \
	"imageCA is for images of https:// and docker://, whose server shows a certificate; remove it, or use "      \
	"https://"

/* True for http:// and https://, whose content a checksum can tell. */
bool image_is_file(const char *image);
/* True where a server's certificate is looked at: https:// and docker://. */
bool image_has_certificate(const char *image);
