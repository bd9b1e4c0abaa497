// A real OpenID Connect provider for the tests, on a free loopback port: it prints its address once it listens.
// An address given to it is where people of the client "central-by-https" come back to.
// Whoever types a name on its form is that person. Nothing is kept when it ends.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

// A native client may come back to any port of this machine, so one provider serves every test.
const client = {
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/signed-in'],
  id_token_signed_response_alg: 'ES256',
};
const byHttps = process.argv[2]
  ? [{ client_id: 'central-by-https', client_secret: 'a secret for tests', redirect_uris: [process.argv[2]], token_endpoint_auth_method: 'client_secret_post', id_token_signed_response_alg: 'ES256' }]
  : [];
const provider = new Provider(issuer, {
  clients: [
    { ...client, client_id: 'central', token_endpoint_auth_method: 'none' },
    { ...client, client_id: 'central-with-secret', client_secret: 'a secret for tests', token_endpoint_auth_method: 'client_secret_basic' },
    ...byHttps,
  ],
  jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig', kid: 'for-tests' }] },
  cookies: { keys: ['for tests'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@example.org`, email_verified: sub !== 'unchecked' }),
  }),
  // Nobody is asked for consent: an organisation's provider trusts the organisation's own services.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session.accountId, clientId: ctx.oidc.client.clientId });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

const FORM = `<!doctype html><html lang="en"><title>Sign in</title><form method="post">
<label for="name">Name</label> <input id="name" name="name"> <button>Sign in</button></form></html>`;

async function interact(request, response) {
  const { prompt } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    // A native client is asked each time, by rule.
    await provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'text/html');
    response.end(FORM);
    return;
  }
  let body = '';
  for await (const piece of request) body += piece;
  const name = new URLSearchParams(body).get('name');
  const result = name ? { login: { accountId: name } } : { error: 'access_denied', error_description: 'No name was given' };
  await provider.interactionFinished(request, response, result);
}

const answer = provider.callback();
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interact(request, response).catch(() => { response.statusCode = 500; response.end(); });
  } else {
    answer(request, response);
  }
});
console.log(issuer);
