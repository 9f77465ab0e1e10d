import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, ROOT } from '../tool';

const SOURCE = join(ROOT, 'packages/hci/src/proxmox');

/** Classes of guests and of what they stand on, and the interfaces of what they are given. */
const CLASSES = {
  ProxmoxVm: ['ProxmoxVmProps', 'HighAvailability', 'DataDiskProps'],
  ProxmoxContainer: ['ProxmoxContainerProps', 'ContainerDiskProps', 'BindMountProps'],
  VmTemplate: ['VmTemplateProps'],
  GuestReplication: ['GuestReplicationProps'],
  ZfsPool: ['ZfsPoolProps'],
  BackupJob: ['BackupJobProps', 'Retention'],
  PbsStorage: ['PbsStorageProps'],
  BackupDrive: ['BackupDriveProps'],
  ProxmoxTenant: ['ProxmoxTenantProps'],
};

test.each(Object.entries(CLASSES))('every property of %s is given in the environment of guests', (name, interfaces) => {
  const wanted = interfaces.flatMap(each => propertiesOf(each));
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter(property => !GIVEN.get(name)?.has(property))).toEqual([]);
});

const INTERFACES = new Map(
  filesBelow(SOURCE, path => path.endsWith('.ts'))
    .flatMap(path => parsed(path).statements.filter(ts.isInterfaceDeclaration))
    .map(declaration => [declaration.name.text, declaration]),
);

/** Names of properties that objects of a class are given in one place or another, those of objects within them too. */
const GIVEN = ['guest-environment.ts', 'guest-storages.ts'].reduce((given, file) => {
  const source = parsed(join(__dirname, file));
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const name = node.expression.getText();
      given.set(name, new Set([...(given.get(name) ?? []), ...(node.arguments ?? []).flatMap(argument => namesIn(argument, source))]));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return given;
}, new Map<string, ReadonlySet<string>>());

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function propertiesOf(name: string): string[] {
  const declaration = INTERFACES.get(name);
  if (!declaration) throw new Error(`${SOURCE} has no interface ${name}`);
  const inherited = (declaration.heritageClauses ?? []).flatMap(clause => clause.types.map(type => type.expression.getText()));
  return [...inherited.flatMap(propertiesOf), ...declaration.members.flatMap(member => member.name?.getText() ?? [])];
}

/** Names in an expression, and in constants of the file that it spreads. */
function namesIn(expression: ts.Node, source: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) names.push(node.name.getText());
    if (ts.isSpreadAssignment(node) && ts.isIdentifier(node.expression)) {
      const { text } = node.expression;
      const constants = source.statements.filter(ts.isVariableStatement).flatMap(statement => [...statement.declarationList.declarations]);
      for (const { initializer } of constants.filter(constant => constant.name.getText() === text)) if (initializer) visit(initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return names;
}
