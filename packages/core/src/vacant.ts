import { Construct, type IConstruct } from 'constructs';
import { ConfigError } from './config-error';
import { pathOf } from './owner';

/**
 * The scope of a new construct, when `id` is free in it: `super(vacant(scope, id), id)`.
 * @throws SCOPE, ID when it is no text or empty, ID_TAKEN
 */
export function vacant<T extends IConstruct>(scope: T, id: string): T {
  if (!Construct.isConstruct(scope)) {
    throw new ConfigError(String(id), 'SCOPE', 'the scope must be a construct', { got: scope, fix: 'pass the site, or something in it' });
  }
  if (typeof id !== 'string' || id === '') {
    throw new ConfigError(scope, 'ID', 'the id of a construct is a name', { got: id, fix: "write it like 'web-1'" });
  }
  if (id in {}) {
    throw new ConfigError(scope, 'ID', 'the id of a construct is none of the names that every object has', {
      got: id,
      fix: 'choose another id',
    });
  }
  const holder = scope.node.tryFindChild(id);
  if (holder) {
    throw new ConfigError(scope, 'ID_TAKEN', `already holds a ${holder.constructor.name} ${id}, [${pathOf(holder)}]`, {
      fix: 'choose another id',
    });
  }
  return scope;
}
