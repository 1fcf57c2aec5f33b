import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """From here on every entry has its place in the chain, and keeps whom and what it names."""

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('dialogues', '0003_chain_what_was_logged'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='transition',
            options={'default_permissions': ['view'], 'ordering': ['-number'], 'verbose_name': 'transition', 'verbose_name_plural': 'transitions'},
        ),
        migrations.AlterField(
            model_name='transition',
            name='number',
            field=models.PositiveBigIntegerField(editable=False, unique=True, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='previous',
            field=models.CharField(blank=True, editable=False, max_length=64, unique=True, verbose_name='digest before'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='digest',
            field=models.CharField(editable=False, max_length=64, unique=True, verbose_name='digest'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='actor',
            field=models.ForeignKey(help_text="Staff alone: a sender's account can be erased, and a command has none.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='content_type',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddConstraint(
            model_name='transition',
            constraint=models.CheckConstraint(condition=models.Q(('actor', None), ('part', 'staff'), _connector='OR'), name='transition_names_staff_alone'),
        ),
    ]
