// An OpenID provider as organisations run one: node's oidc-provider, configured for the tests. Ours is only the page on
// which somebody says who they are: its own example page cannot say that a second step was taken.
// Usage: node aanbieder.mjs INSTELLING.json; prints its address when it listens. The people are read anew at each
// question, so that a test can change what the provider says of somebody.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const instelling = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const mens = (sub) => JSON.parse(readFileSync(instelling.mensen, 'utf8'))[sub];
const PAGINA = `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Aanbieder</title><link rel="icon" href="data:,"></head><body>
<main><h1>Wie bent u?</h1><form method="post" action=""><label>Account <input name="login" autofocus></label>
<button type="submit">Ga verder</button></form></main></body></html>`;

async function lichaam(req) {
  let tekst = '';
  for await (const deel of req) tekst += deel;
  return new URLSearchParams(tekst);
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const adres = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(instelling.uitgever || adres, {
    clients: instelling.clients,
    cookies: { keys: [instelling.koeksleutel] },
    // How somebody signed in is told in the id_token, the rest by the userinfo endpoint, as the specification has it.
    claims: {
      openid: ['sub', 'amr', 'acr'],
      email: ['email', 'email_verified'],
      profile: ['title', 'organisatie', 'rollen', 'realm_access'],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (ctx, stap) => `/wie/${stap.uid}` },
    ttl: { IdToken: 3600, Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 600 },
    findAccount: (ctx, sub) => mens(sub) && { accountId: sub, claims: () => ({ sub, ...mens(sub) }) },
    // The organisation agreed once for all its people, as organisations do.
    async loadExistingGrant(ctx) {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  // Behind another address, as behind the proxy of an organisation: links carry the address that was asked.
  provider.proxy = Boolean(instelling.uitgever);
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/wie/')) return next();
    if (ctx.method === 'GET') {
      ctx.type = 'html';
      ctx.body = PAGINA;
      return undefined;
    }
    const wie = (await lichaam(ctx.req)).get('login');
    const { amr, acr } = mens(wie) || {};
    ctx.respond = false;
    return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: wie, amr, acr } });
  });
  server.on('request', provider.callback());
  console.log(adres);
});
