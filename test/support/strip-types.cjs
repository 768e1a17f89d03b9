// Jest's transformer: Node's own type stripping, and babel's instrumentation when coverage is asked for.
const { createHash } = require('node:crypto');
const { stripTypeScriptTypes } = require('node:module');

const babel = () => require('babel-jest').createTransformer({ babelrc: false, configFile: false });

module.exports = {
  process(source, filename, options) {
    const code = stripTypeScriptTypes(source, { mode: 'strip' });
    if (!options.instrument) return { code };
    return babel().process(code, filename, { ...options, supportsStaticESM: true });
  },
  getCacheKey(source, filename, options) {
    return createHash('sha1')
      .update([process.version, filename, String(options.instrument), source].join('\0'))
      .digest('hex');
  },
};
