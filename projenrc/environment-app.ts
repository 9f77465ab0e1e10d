import { JsonFile, TextFile } from 'projen';
import { Member, type MemberOptions } from './member';
import type { Monorepo } from './monorepo';

export interface EnvironmentAppOptions extends MemberOptions {
  /** Commands besides `synth`. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** An environment of `apps/`: `main.ts`, and what both engines' own command lines need to run it. */
export class EnvironmentApp extends Member {
  constructor(root: Monorepo, shortName: string, options: EnvironmentAppOptions) {
    super(root, shortName, {
      ...options,
      name: `@ashlar-apps/${shortName}`,
      dir: `apps/${shortName}`,
      fields: { private: true },
      // Not by its name: npm links the commands of a package when it is installed, and ours is built after that.
      scripts: { synth: 'node lib/main.js', ashlar: 'node ../../packages/cli/lib/ashlar.js', ...options.scripts },
      sources: { rootDir: '.', include: ['*.ts'] },
    });
    new JsonFile(this, 'cdktf.json', {
      marker: false,
      obj: { language: 'typescript', app: 'node lib/main.js', output: 'cdktf.out', projectId: shortName, sendCrashReports: 'false' },
    });
    new TextFile(this, 'cdk8s.yaml', { lines: ['language: typescript', 'app: node lib/main.js', 'output: dist'] });
    root.gitignore.addPatterns(`/${this.dir}/cdktf.out/`, `/${this.dir}/dist/`, `/${this.dir}/.ashlar/`);
  }
}
