


import { Size } from '@ashlar/core';
Size.gibibytes('8');
export {};
