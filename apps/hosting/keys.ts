/** Public keys of the example. The private ones are where `privateKey` says, and are never here. */
export const ADMIN_SSH = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net';

export const WIREGUARD = {
  transitOwn: 'YbBll9Ip+vC4Y4bGc21ezzQCe5Ivu/TyyR4kiWuPlyM=',
  provider: 'Bot+bJfyKEpI9Nf/D9C//kSfRUTaB54Eys1Sq6XfKMI=',
  roadOwn: '2m930v3bvz+9AorZ0hfdOuuioMQxNXPH1TKJAphnXBc=',
  laptop: '2FnmGKGTUiIGwvpMeY4P+ui2W1Xua6OvM1ztAY542Ak=',
};

export const DKIM_2026 = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzYAy9DZWJ9kfL1zoHiLz
YTw/734ZekqHltp8ovFoZS18yl4/1/00HfRWryoiu+iedz6hwbE9f5vppo45WB8T
rxDbsYnNAC6p+WQD02h/Vg+86SENLD1XXStFMia6J9eYtd27dplt3zjYsAq/xhSp
Bq5cIrwdgICQGpKTU5IBrYRLN0EOjdGa7KaQ2chUIQq0qMWvV1fcnj6xe1hy752h
JFWdpgg709Z4QIc7RE3pa9m7z5Q6msKHkTeXkcit5RBwtmcqFubOB1xuACd4CfbB
nUwY8PxKpCzP/AfdAekUi7nq6LIFTc1t5UE3qPRvAuntIvl4MiPnXBV8MG5tfWJT
8wIDAQAB
-----END PUBLIC KEY-----`;
