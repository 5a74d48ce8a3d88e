"""The addresses of this room. allauth's views keep the names allauth knows them by; those that are not listed do not exist."""

from __future__ import annotations

from django.urls import include, path, re_path

from serikat.accounts.views import desk, entrance, own

entrance_patterns = [
    path("masuk/", entrance.sign_in, name="account_login"),
    path("masuk/kunci/", entrance.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("masuk/faktor-kedua/", entrance.second_factor, name="mfa_authenticate"),
    path("keluar/", entrance.sign_out, name="account_logout"),
    path("ditutup/", entrance.account_closed, name="account_inactive"),
    path("daftar/", entrance.sign_up, name="account_signup"),
    path("lupa/", entrance.forgotten, name="account_reset_password"),
    path("lupa/terkirim/", entrance.forgotten_sent, name="account_reset_password_done"),
    path("lupa/selesai/", entrance.password_from_mail_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.password_from_mail,
        name="account_reset_password_from_key",
    ),
    path("pastikan/", entrance.confirm, name="account_reauthenticate"),
    path("pastikan/kode/", entrance.confirm_by_code, name="mfa_reauthenticate"),
    path("pastikan/kunci/", entrance.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("kata-sandi/", entrance.change_password, name="account_change_password"),
    path("kata-sandi/buat/", entrance.set_password, name="account_set_password"),
    path("faktor-kedua/", entrance.factors, name="mfa_index"),
    path("faktor-kedua/aplikasi/", entrance.add_app, name="mfa_activate_totp"),
    path("faktor-kedua/aplikasi/lepas/", entrance.remove_app, name="mfa_deactivate_totp"),
    path("faktor-kedua/kode/", entrance.codes, name="mfa_view_recovery_codes"),
    path("faktor-kedua/kode/baru/", entrance.renew_codes, name="mfa_generate_recovery_codes"),
    path("faktor-kedua/kunci/", entrance.passkeys, name="mfa_list_webauthn"),
    path("faktor-kedua/kunci/tambah/", entrance.add_passkey, name="mfa_add_webauthn"),
    path("faktor-kedua/kunci/<int:pk>/", entrance.rename_passkey, name="mfa_edit_webauthn"),
    path("faktor-kedua/kunci/<int:pk>/hapus/", entrance.remove_passkey, name="mfa_remove_webauthn"),
]
own_patterns = [
    path("akun/", own.profile, name="profile"),
    path("akun/ubah/", own.change_profile, name="change_profile"),
    path("akun/kontak/", own.change_contacts, name="change_contacts"),
    path("akun/faktor-kedua/perlu/", own.second_factor_needed, name="second_factor_needed"),
    path("akun/perangkat/", own.devices, name="devices"),
    path("akun/perangkat/akhiri-lain/", own.end_other_devices, name="end_other_devices"),
    path("akun/perangkat/<int:pk>/akhiri/", own.end_device, name="end_device"),
    path("akun/kabar/", own.notices, name="notices"),
    path("akun/kabar/dibaca/", own.read_all_notices, name="read_all_notices"),
    path("akun/kabar/<int:pk>/", own.open_notice, name="open_notice"),
    path("akun/isian/", own.held_forms, name="held_forms"),
    path("akun/isian/<uuid:pk>/", own.held_form, name="held_form"),
    path("akun/isian/<uuid:pk>/buang/", own.drop_form, name="drop_form"),
    path("akun/tautan/<str:token>/", entrance.one_time_link, name="one_time_link"),
    path("meja/akun/", desk.accounts, name="accounts"),
    path("meja/akun/baru/", desk.create, name="create"),
    path("meja/akun/<int:pk>/", desk.account, name="account"),
    path("meja/akun/<int:pk>/tautan/", desk.make_link, name="make_link"),
    path("meja/akun/<int:pk>/tutup/", desk.close, name="close"),
    path("meja/akun/<int:pk>/buka/", desk.reopen, name="reopen"),
]
urlpatterns = [
    path("akun/", include(entrance_patterns)),
    path("", include((own_patterns, "accounts"))),
]
