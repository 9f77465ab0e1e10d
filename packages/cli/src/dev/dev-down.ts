#!/usr/bin/env node
import { sandboxCommand } from './sandbox-command';

void sandboxCommand('down');
