







throw new Error('boom');
export {};
