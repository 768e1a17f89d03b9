import { describe, expect, test } from '@jest/globals';
import { adviceNow, errorLine } from '../../src/cli/error-line.ts';
import { ERRORS, StageError } from '../../src/model/errors.ts';

describe('the line of an error', () => {
  const noConnection = new StageError('fetch-no-connection', { url: 'https://harbour.example/' });

  test('tells of a service that it tries again by itself', () => {
    expect(errorLine(noConnection, { goesOn: true })).toBe(
      'https://harbour.example/: the server does not take connections. Tried again by itself.',
    );
  });

  test('does not say so of a command that asks once, and keeps what else is advised', () => {
    expect(errorLine(noConnection)).toBe('https://harbour.example/: the server does not take connections.');
    expect(errorLine(new StageError('fetch-no-such-host'))).toBe('the host name cannot be found. Check the address.');
  });

  test('promises in no kind of error that a command tries again', () => {
    const advices = Object.values(ERRORS).map(({ advice }) => advice);
    expect(advices.filter((advice) => advice.includes('by itself')).length).toBeGreaterThan(5);
    for (const advice of advices) expect(adviceNow(advice)).not.toContain('by itself');
  });
});
