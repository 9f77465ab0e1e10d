import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const EMPTY_BUCKET = '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>';
const NO_KEY = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>';

/**
 * A store of Terraform states that holds none, on 127.0.0.1: with it `init` goes through a real backend block and ends well. It answers
 * as S3 to `?list-type=2`, and 404 to everything else, which both S3 and the http backend take for "no state yet".
 */
export class StateServer {
  private constructor(private readonly server: Server) {}

  public static start(): Promise<StateServer> {
    const server = createServer((request, response) => {
      const list = /[?&](list-type|prefix)=/.test(request.url ?? '');
      response.writeHead(list ? 200 : 404, { 'content-type': 'application/xml' }).end(list ? EMPTY_BUCKET : NO_KEY);
    });
    return new Promise(resolve => {
      server.listen(0, '127.0.0.1', () => resolve(new StateServer(server)));
    });
  }

  /** Options of `init` that lead a backend here and change nothing else of it. */
  public optionsFor(backend: string): string[] {
    const address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const settings: Record<string, string[]> = {
      s3: [
        `endpoints={s3="${address}"}`,
        'use_path_style=true',
        'skip_credentials_validation=true',
        'skip_requesting_account_id=true',
        'skip_metadata_api_check=true',
        'max_retries=0',
      ],
      http: [`address=${address}/state`],
      local: [],
    };
    const known = settings[backend];
    if (!known) throw new Error(`state-server.ts does not know the backend ${backend}: nothing would check it`);
    return known.map(setting => `-backend-config=${setting}`);
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => {
      this.server.close(() => resolve());
    });
  }
}
