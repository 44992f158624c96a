#!/bin/sh
echo "net.ipv4.ip_forward = 1" > /etc/sysctl.d/90-router.conf
