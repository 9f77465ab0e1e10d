#!/bin/sh
# Sets the endpoint of each WireGuard peer that has been silent for too long; its name is resolved then.
test $(($(date +%s) - $(wg show wg0 latest-handshakes | grep -F Bot+bJfyKEpI9Nf/D9C//kSfRUTaB54Eys1Sq6XfKMI= | cut -f 2))) -lt 135 || WG_ENDPOINT_RESOLUTION_RETRIES=0 wg set wg0 peer Bot+bJfyKEpI9Nf/D9C//kSfRUTaB54Eys1Sq6XfKMI= endpoint transit.provider.example:51820
