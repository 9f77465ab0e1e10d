#!/bin/sh
# Sets the endpoint of each WireGuard peer that has been silent for too long; its name is resolved then.
test $(($(date +%s) - $(wg show wg1 latest-handshakes | grep -F ppppppppppppppppppppppppppppppppppppppppppA= | cut -f 2))) -lt 135 || WG_ENDPOINT_RESOLUTION_RETRIES=0 wg set wg1 peer ppppppppppppppppppppppppppppppppppppppppppA= endpoint office.example.org:51900
